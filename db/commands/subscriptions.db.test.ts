/** Random histories of subscriptions, run through the database and through the domain's reference model: every answer and balance agree. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { offeringPhase } from '@/lib/domain/offerings/phase';
import type { OfferingMethod, OfferingState } from '@/lib/domain/states';
import {
  type Subscriber,
  type SubscriptionAnswer,
  SubscriptionBook,
  type SubscriptionCommand,
  type Window,
} from '@/lib/domain/subscriptions/model';
import { connect, type Sql } from '../connect';
import { verifyInvariants } from '../queries/verify';
import { testDatabase } from '../test-hooks';
import { addInvestors, addOffering, fund, QUOTATION, setFund } from '../test-scene';
import { placeOrders } from './orders';
import { changeSubscription, placeSubscription, withdrawSubscription } from './subscriptions';

const database = testDatabase();
let site: Sql;
const NOW = new Date('2026-06-01T00:00:00Z');
const PEOPLE = [
  { country: 'US', status: 'ELIGIBLE', opened: true, agreed: false },
  { country: 'US', status: 'ELIGIBLE', opened: true, agreed: true },
  { country: 'JP', status: 'ELIGIBLE', opened: true, agreed: false },
  { country: 'US', status: 'ELIGIBLE', opened: false, agreed: false },
  { country: 'US', status: 'FROZEN', opened: true, agreed: true },
] as const;
const HELD = 700n;
const small = { sizeUnits: 60_000n, lotUnits: 100n, minUnits: 200n, maxUnits: 30_000n } as const;
const OFFERINGS = [
  { country: 'US', price: 101_234n, ...small, state: 'OPEN', method: 'QUANTITY_CEILING' },
  { country: 'JP', price: 10_123n, ...small, lotUnits: 1n, state: 'APPROVED', method: 'BALLOT' },
  { country: 'US', price: 100_000n, ...small, state: 'CLOSED', method: 'PRO_RATA' },
  { country: 'US', price: 100_000n, ...small, state: 'OPEN', method: 'FIRST_COME' },
] as const;
const WINDOW = { opensAt: new Date('2026-01-01T00:00:00Z'), closesAt: new Date('2100-01-01T00:00:00Z') };

beforeAll(async () => {
  await setFund(database.owner);
  site = connect(database.appUrl, { max: 2, name: 'test-subscriptions' });
});
afterAll(() => site.end({ timeout: 5 }));

/** Steps name people, offerings and keys by their place in the scene. Keys are few, so that many are used again. */
const person = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 2 }) },
  { weight: 1, arbitrary: fc.nat({ max: PEOPLE.length - 1 }) },
);
const key = fc.nat({ max: 3 });
const asked = {
  byAmount: fc.boolean(),
  asked: fc.oneof(
    fc.bigInt({ min: -1n, max: 40_000n }),
    fc.bigInt({ min: 1n, max: 300n }).map((lots) => lots * 100n),
  ),
  stale: fc.nat({ max: 19 }),
  consent: fc.nat({ max: 5 }).map((n) => n > 0),
};
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('place' as const),
      person,
      key,
      offering: fc.nat({ max: OFFERINGS.length - 1 }),
      ...asked,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant('change' as const), person, key, subscription: key, ...asked }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('withdraw' as const), person, key, subscription: key }) },
);

async function scene(cash: readonly bigint[]) {
  const people: bigint[] = [];
  for (const options of PEOPLE) people.push(...(await addInvestors(database.owner, 1, options)));
  const offerings: number[] = [];
  for (const options of OFFERINGS) offerings.push(await addOffering(database.owner, options));
  const sale = await addOffering(database.owner);
  for (const [n, { country, status }] of PEOPLE.entries()) {
    if (status === 'ELIGIBLE') {
      await fund(database.owner, [people[n] ?? 0n], country === 'US' ? 'USD' : 'JPY', cash[n] ?? 1n);
    }
  }
  // The second holds units already: they count towards the maximum.
  const [second = 0n] = people.slice(1, 2);
  await fund(database.owner, [second], 'USD', HELD);
  const order = { investorId: second, key: randomUUID(), offeringId: sale, kind: 'BUY_UNITS', asked: HELD } as const;
  const bought = await placeOrders(site, [{ ...order, price: 100_000n, termsVersion: 1, locale: 'en', consent: true }]);
  expect(bought).toMatchObject([{ ok: true, amountMinor: HELD }]);

  const subscribers = new Map<bigint, Subscriber>(
    PEOPLE.map(({ country, status, opened, agreed }, n) => [
      people[n] ?? 0n,
      { country, status, suitabilityExpiresAt: null, openedProspectus: opened, agreed },
    ]),
  );
  const windows = new Map<number, Window>(
    OFFERINGS.map(({ state, method, ...o }, n) => {
      const stand = { state: state as OfferingState, method: method as OfferingMethod };
      const terms = { ...QUOTATION[o.country], ...o, ...WINDOW, ...stand, termsVersion: 1, withdrawUntil: null };
      return [offerings[n] ?? 0, { ...terms, phase: offeringPhase({ ...WINDOW, ...stand }, NOW) }];
    }),
  );
  const start = new Map(
    people.map((id, n): [bigint, bigint] => [id, PEOPLE[n]?.status === 'ELIGIBLE' ? (cash[n] ?? 1n) : 0n]),
  );
  return { people, offerings, book: new SubscriptionBook(subscribers, windows, start, new Map([[second, HELD]]), NOW) };
}

async function run(command: SubscriptionCommand): Promise<SubscriptionAnswer> {
  const { investor: investorId, key: id } = command;
  const terms = (c: Exclude<SubscriptionCommand, { type: 'withdraw' }>) => ({
    investorId,
    key: id,
    kind: c.request.kind,
    asked: c.request.kind === 'BUY_AMOUNT' ? c.request.amountMinor : c.request.units,
    price: c.price,
    termsVersion: c.termsVersion,
    locale: 'en' as const,
    consent: c.consent,
  });
  const answer =
    command.type === 'place'
      ? await placeSubscription(site, { ...terms(command), offeringId: command.offering })
      : command.type === 'change'
        ? await changeSubscription(site, { ...terms(command), subscription: command.subscription })
        : await withdrawSubscription(site, { investorId, key: id, subscription: command.subscription });
  if (!answer.ok) return { ok: false, code: answer.code };
  const { replayed, units, reservedMinor } = answer;
  return { ok: true, replayed, units, reservedMinor };
}

test('the database answers and books as the domain does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.bigInt({ min: 1n, max: 90_000n }), { minLength: PEOPLE.length, maxLength: PEOPLE.length }),
      fc.array(step, { minLength: 20, maxLength: 60 }),
      async (cash, steps) => {
        const { people, offerings, book } = await scene(cash);
        const keys = new Map<string, string>();
        const keyOf = (name: string) => {
          const id = keys.get(name) ?? randomUUID();
          keys.set(name, id);
          return id;
        };
        for (const s of steps) {
          const investor = people[s.person] ?? 0n;
          // Keys of subscriptions and of later acts overlap now and then.
          const id = keyOf(s.type === 'place' || s.key === 0 ? `s${s.key}` : `a${s.key}`);
          let command: SubscriptionCommand;
          if (s.type === 'withdraw') {
            command = { type: 'withdraw', investor, key: id, subscription: keyOf(`s${s.subscription}`) };
          } else {
            const request = s.byAmount
              ? ({ kind: 'BUY_AMOUNT', amountMinor: s.asked } as const)
              : ({ kind: 'BUY_UNITS', units: s.asked } as const);
            // A change is asked for under the terms of whichever window comes first to the country: wrong ones now and then.
            const offering =
              s.type === 'place'
                ? OFFERINGS[s.offering]
                : OFFERINGS.find((o) => o.country === PEOPLE[s.person]?.country);
            const terms = {
              investor,
              key: id,
              request,
              price: (offering?.price ?? 0n) + (s.stale === 0 ? 1n : 0n),
              termsVersion: s.stale === 1 ? 2 : 1,
              consent: s.consent,
            };
            command =
              s.type === 'place'
                ? { type: 'place', ...terms, offering: offerings[s.offering] ?? 0 }
                : { type: 'change', ...terms, subscription: keyOf(`s${s.subscription}`) };
          }
          expect(await run(command)).toEqual(book.apply(command));
        }
        for (const [n, investor] of people.entries()) {
          const asset = PEOPLE[n]?.country === 'US' ? 1 : 2;
          const [wallet] = await database.owner<{ available: bigint; reserved: bigint }[]>`
            select available, reserved from wallets where investor_id = ${investor} and asset_id = ${asset}`;
          expect(wallet?.available ?? 0n).toBe(book.available(investor));
          expect(wallet?.reserved ?? 0n).toBe(book.reserved(investor));
        }
      },
    ),
    // A failure names its seed; to shrink it here would take minutes of database time.
    { numRuns: 25, endOnFailure: true },
  );
  const findings = await database.owner.begin((sql) => verifyInvariants(sql));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
}, 180_000);
