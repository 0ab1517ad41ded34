/** Random histories of cash and orders, run through the database and through the domain's reference model: every answer and balance agree. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, Book, type Buyer, type Command, type Offering } from '@/lib/domain/ledger/model';
import { offeringPhase } from '@/lib/domain/offerings/phase';
import type { Currency, OfferingState } from '@/lib/domain/states';
import { connect, type Sql } from '../connect';
import { verifyInvariants } from '../queries/verify';
import { testDatabase } from '../test-hooks';
import { addInvestors, addOffering, CLASSES, QUOTATION, setFund } from '../test-scene';
import * as cash from './cash';
import { placeOrders } from './orders';

const database = testDatabase();
let site: Sql;
const MID = { rateDate: '2026-01-05', jpyPerUsdE4: 1_500_000n, spreadSen: 25 };
const PEOPLE = [
  { country: 'US', status: 'ELIGIBLE', opened: true, agreed: false },
  { country: 'US', status: 'ELIGIBLE', opened: true, agreed: true },
  { country: 'JP', status: 'ELIGIBLE', opened: true, agreed: false },
  { country: 'US', status: 'ELIGIBLE', opened: false, agreed: false },
  { country: 'JP', status: 'FROZEN', opened: true, agreed: true },
  { country: 'US', status: 'PENDING', opened: true, agreed: true },
] as const;
const OFFERINGS = [
  {
    country: 'US',
    price: 101_234n,
    sizeUnits: 60_000n,
    lotUnits: 100n,
    minUnits: 200n,
    maxUnits: 30_000n,
    state: 'OPEN',
  },
  {
    country: 'JP',
    price: 10_123n,
    sizeUnits: 900_000n,
    lotUnits: 1n,
    minUnits: 1_000n,
    maxUnits: 400_000n,
    state: 'APPROVED',
  },
  {
    country: 'US',
    price: 100_000n,
    sizeUnits: 50_000n,
    lotUnits: 1n,
    minUnits: 1n,
    maxUnits: 50_000n,
    state: 'CLOSED',
  },
] as const;

beforeAll(async () => {
  await setFund(database.owner);
  site = connect(database.appUrl, { max: 2, name: 'test-histories' });
});
afterAll(() => site.end({ timeout: 5 }));

/** A step names people, offerings and keys by their place in the scene. Keys are few, so that many are used again. */
const person = fc.nat({ max: PEOPLE.length - 1 });
const key = fc.nat({ max: 7 });
const currency = fc.constantFrom<Currency>('USD', 'JPY');
const amount = fc.bigInt({ min: 1n, max: 60_000n });
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('deposit' as const),
      person,
      key,
      currency,
      amount: fc.bigInt({ min: 1n, max: 500_000n }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('withdraw' as const), person, key, currency, amount }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('convert' as const),
      person,
      key,
      currency,
      amount,
      stale: fc.nat({ max: 9 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constantFrom('settle-withdrawal' as const, 'cancel-withdrawal' as const, 'reverse' as const),
      person,
      key,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('order' as const),
      person,
      key,
      offering: fc.nat({ max: OFFERINGS.length - 1 }),
      byAmount: fc.boolean(),
      asked: fc.oneof(
        fc.bigInt({ min: -1n, max: 40_000n }),
        fc.bigInt({ min: 1n, max: 300n }).map((lots) => lots * 100n),
      ),
      stale: fc.nat({ max: 19 }),
      consent: fc.nat({ max: 5 }).map((n) => n > 0),
    }),
  },
);

async function scene() {
  const people: bigint[] = [];
  for (const options of PEOPLE) people.push(...(await addInvestors(database.owner, 1, options)));
  const offerings: number[] = [];
  for (const options of OFFERINGS) offerings.push(await addOffering(database.owner, options));
  const now = new Date('2026-06-01T00:00:00Z');
  const buyers = new Map<bigint, Buyer>(
    PEOPLE.map(({ country, status, opened, agreed }, n) => [
      people[n] ?? 0n,
      { country, status, suitabilityExpiresAt: null, openedProspectus: opened, agreed },
    ]),
  );
  const terms = new Map<number, Offering>(
    OFFERINGS.map(({ state, ...o }, n) => {
      const window = { opensAt: new Date('2026-01-01T00:00:00Z'), closesAt: new Date('2100-01-01T00:00:00Z') };
      const phase = offeringPhase({ state: state as OfferingState, ...window }, now);
      return [
        offerings[n] ?? 0,
        {
          ...QUOTATION[o.country],
          ...o,
          ...window,
          phase,
          method: 'FIRST_COME',
          termsVersion: 1,
          unitAsset: o.country,
        },
      ];
    }),
  );
  return { people, offerings, book: new Book(buyers, terms, MID, now) };
}

/** The command to the database, answered in the model's words. */
async function run(command: Command): Promise<Answer> {
  const { investor: investorId, key: id } = command;
  if (command.type === 'reverse') {
    const [row] = await database.owner<{ code: string | null }[]>`
      select r.code from cash_movements m cross join lateral reverse_journal(m.journal_id) r
       where m.investor_id = ${investorId} and m.key = ${id}`;
    const code = row ? row.code : 'ledger.not-reversible';
    return code === null ? { ok: true, replayed: false } : { ok: false, code };
  }
  const answer = await (() => {
    switch (command.type) {
      case 'deposit':
        return cash.depositCash(site, { ...command, investorId });
      case 'withdraw':
        return cash.requestWithdrawal(site, { ...command, investorId });
      case 'convert':
        return cash.convertCash(site, { ...command, investorId });
      case 'settle-withdrawal':
        return cash.settleWithdrawal(site, investorId, id);
      case 'cancel-withdrawal':
        return cash.cancelWithdrawal(site, investorId, id);
      case 'order':
        throw new Error('Orders go together.');
    }
  })();
  return answer.ok
    ? { ok: true, replayed: answer.replayed, amountMinor: answer.amountMinor }
    : { ok: false, code: answer.code };
}

/** Orders of different people that follow each other go in one call, as the combiner sends them. */
async function runOrders(commands: Extract<Command, { type: 'order' }>[]): Promise<Answer[]> {
  const answers = await placeOrders(
    site,
    commands.map((c) => ({
      investorId: c.investor,
      key: c.key,
      offeringId: c.offering,
      kind: c.request.kind,
      asked: c.request.kind === 'BUY_AMOUNT' ? c.request.amountMinor : c.request.units,
      price: c.price,
      termsVersion: c.termsVersion,
      locale: 'en',
      consent: c.consent,
    })),
  );
  return answers.map((answer) =>
    answer.ok
      ? { ok: true, replayed: answer.replayed, units: answer.units, amountMinor: answer.amountMinor }
      : { ok: false, code: answer.code },
  );
}

async function runAll(commands: Command[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  let together: Extract<Command, { type: 'order' }>[] = [];
  const flush = async () => {
    if (together.length > 0) answers.push(...(await runOrders(together)));
    together = [];
  };
  for (const command of commands) {
    if (command.type === 'order') {
      if (together.some(({ investor }) => investor === command.investor)) await flush();
      together.push(command);
    } else {
      await flush();
      answers.push(await run(command));
    }
  }
  await flush();
  return answers;
}

test('the database answers and books as the domain does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 70 }), async (steps) => {
      const { people, offerings, book } = await scene();
      const keys = new Map<string, string>();
      const commands = steps.map((s): Command => {
        const investor = people[s.person] ?? 0n;
        // Orders and cash have keys of their own; within a kind the few keys collide.
        const name = `${s.type === 'order' ? 'order' : 'cash'} ${s.key}`;
        const id = keys.get(name) ?? randomUUID();
        keys.set(name, id);
        const terms = { investor, key: id };
        switch (s.type) {
          case 'order': {
            const offering = OFFERINGS[s.offering];
            const request = s.byAmount
              ? ({ kind: 'BUY_AMOUNT', amountMinor: s.asked } as const)
              : ({ kind: 'BUY_UNITS', units: s.asked } as const);
            const price = (offering?.price ?? 0n) + (s.stale === 0 ? 1n : 0n);
            const termsVersion = s.stale === 1 ? 2 : 1;
            return {
              ...terms,
              type: 'order',
              offering: offerings[s.offering] ?? 0,
              request,
              price,
              termsVersion,
              consent: s.consent,
            };
          }
          case 'convert': {
            const rateE4 = (s.currency === 'JPY' ? 1_502_500n : 1_497_500n) + (s.stale === 0 ? 1n : 0n);
            return { ...terms, type: 'convert', currency: s.currency, amountMinor: s.amount, rateE4 };
          }
          case 'deposit':
          case 'withdraw':
            return { ...terms, type: s.type, currency: s.currency, amountMinor: s.amount };
          default:
            return { ...terms, type: s.type };
        }
      });
      const expected = commands.map((command) => book.apply(command));
      expect(await runAll(commands)).toEqual(expected);

      for (const investor of people) {
        for (const [asset, id] of [['USD', 1] as const, ['JPY', 2] as const]) {
          const [wallet] = await database.owner<{ available: bigint; reserved: bigint }[]>`
            select available, reserved from wallets where investor_id = ${investor} and asset_id = ${id}`;
          expect(wallet?.available ?? 0n).toBe(book.balance(investor, asset, 'INVESTOR_AVAILABLE'));
          expect(wallet?.reserved ?? 0n).toBe(book.balance(investor, asset, 'INVESTOR_RESERVED'));
        }
        for (const country of ['US', 'JP'] as const) {
          const [holding] = await database.owner<{ units: bigint }[]>`
            select units from holdings where investor_id = ${investor} and class_id = ${CLASSES[country]}`;
          expect(holding?.units ?? 0n).toBe(book.balance(investor, country, 'INVESTOR_UNITS'));
        }
      }
      for (const offering of offerings) {
        const [row] = await database.owner<[{ left: bigint }]>`
          select sum(remaining)::bigint as "left" from offering_slots where offering_id = ${offering}`;
        expect(row.left).toBe(book.remaining(offering));
      }
      expect([book.sumOf('USD'), book.sumOf('JPY'), book.sumOf('US'), book.sumOf('JP')]).toEqual([0n, 0n, 0n, 0n]);
    }),
    // A failure names its seed; to shrink it here would take minutes of database time.
    { numRuns: 25, endOnFailure: true },
  );
  const findings = await database.owner.begin((sql) => verifyInvariants(sql));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
}, 180_000);
