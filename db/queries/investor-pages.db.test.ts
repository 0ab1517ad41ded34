import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { PERSONAS } from '../../scripts/lib/personas.mjs';
import { withInvestor } from '../client';
import * as cash from '../commands/cash';
import { testDatabase } from '../test-hooks';
import {
  getActivity,
  getCashPage,
  getHoldingPage,
  getOverviewPage,
  getOwnOrder,
  listOwnConsents,
} from './investor-pages';
import { listMovements, type Movement } from './movements';

const database = testDatabase('seeded');
const AMERICAN = BigInt(PERSONAS.american.id);
const JAPANESE = BigInt(PERSONAS.japanese.id);
const NEWCOMER = BigInt(PERSONAS.newAmerican.id);

/** A withdrawal that is on its way. */
const pendingKey = randomUUID();

beforeAll(async () => {
  const withdrawal = { investorId: AMERICAN, key: pendingKey, currency: 'USD', amountMinor: 12_34n } as const;
  expect(await cash.requestWithdrawal(database.owner, withdrawal)).toMatchObject({ ok: true });
});

async function wholeActivity(investorId: bigint, limit: number): Promise<Movement[]> {
  const all: Movement[] = [];
  let after: string | null = null;
  do {
    const page = await getActivity(investorId, { after, limit });
    expect(page.movements.length).toBeLessThanOrEqual(limit);
    all.push(...page.movements);
    after = page.next;
  } while (after !== null);
  return all;
}

test('the overview values what the ledger says, with the newest price and the one before it', async () => {
  const page = await getOverviewPage(AMERICAN, 5);
  expect(page.positions.map(({ unitClass }) => unitClass.code)).toEqual(['US', 'JP']);
  const [us, jp] = page.positions;
  const [owned] = await database.owner<{ units: bigint; cost_minor: bigint }[]>`
    select units, cost_minor from holdings where investor_id = ${AMERICAN} and class_id = 1`;
  expect(us).toMatchObject({ units: owned?.units, costMinor: owned?.cost_minor });
  expect(jp).toMatchObject({ units: 0n, costMinor: 0n });
  const prices = await database.owner<{ date: string; price: bigint }[]>`
    select nav_date::text as date, price from nav_prices where class_id = 1 and published_at <= app_now() order by nav_date desc limit 2`;
  expect([us?.nav, us?.previousNav]).toEqual([...prices]);
  const [issued] = await database.owner<{ units: bigint }[]>`
    select - sum(amount)::bigint as units from postings where account = 'UNITS_ISSUED' and asset_id = 3`;
  expect(us?.issuedUnits).toBe(issued?.units);
  const wallets = await database.owner<{ available: bigint; reserved: bigint }[]>`
    select available, reserved from wallets where investor_id = ${AMERICAN} order by asset_id`;
  expect(page.wallets).toEqual([
    { currency: 'USD', availableMinor: wallets[0]?.available, reservedMinor: 12_34n },
    { currency: 'JPY', availableMinor: wallets[1]?.available, reservedMinor: 0n },
  ]);
  expect(page.waiting).toMatchObject([{ type: 'CASH', key: pendingKey, kind: 'WITHDRAWAL', state: 'PENDING' }]);
});

test('a price that is not published yet is not shown', async () => {
  await database.owner`insert into nav_prices (class_id, nav_date, price, net_assets_minor, published_at)
    values (1, '2099-01-01', 1, 0, '2099-01-01T23:00:00Z')`;
  const before = await getOverviewPage(AMERICAN, 5);
  expect(before.positions[0]?.nav?.date).not.toBe('2099-01-01');
});

test('somebody new has empty wallets, no units, nothing that waits, and no movements', async () => {
  const page = await getOverviewPage(NEWCOMER, 5);
  expect(page.wallets).toEqual([
    { currency: 'USD', availableMinor: 0n, reservedMinor: 0n },
    { currency: 'JPY', availableMinor: 0n, reservedMinor: 0n },
  ]);
  expect(page.positions.map(({ units }) => units)).toEqual([0n, 0n]);
  expect(page).toMatchObject({ recent: [], waiting: [] });
  expect(await listOwnConsents(NEWCOMER)).toEqual([]);
});

test('the activity has every order and movement of cash once, newest first, however it is paged', async () => {
  const all = await wholeActivity(AMERICAN, 1_000);
  const keys = all.map(({ key }) => key);
  const own = await database.owner<{ key: string }[]>`
    select key::text from orders where investor_id = ${AMERICAN} union all
    select key::text from cash_movements where investor_id = ${AMERICAN}`;
  expect([...keys].sort()).toEqual(own.map(({ key }) => key).sort());
  const times = all.map(({ placedAt }) => placedAt.getTime());
  expect(times).toEqual([...times].sort((a, b) => b - a));
  for (const limit of [1, 2, 3, keys.length]) {
    expect(
      (await wholeActivity(AMERICAN, limit)).map(({ key }) => key),
      `pages of ${limit}`,
    ).toEqual(keys);
  }
});

test('on a stopped clock the activity follows the ledger', async () => {
  const keys = Array.from({ length: 7 }, () => randomUUID() as string);
  for (const key of keys) {
    const deposit = { investorId: JAPANESE, key, currency: 'JPY', amountMinor: 1_000n } as const;
    expect(await cash.depositCash(database.owner, deposit)).toMatchObject({ ok: true });
  }
  for (const limit of [2, 100]) {
    const newest = (await wholeActivity(JAPANESE, limit)).slice(0, keys.length);
    expect(newest.map(({ key }) => key)).toEqual(keys.toReversed());
  }
});

test('a cursor that is none begins at the newest', async () => {
  const first = await getActivity(AMERICAN, { limit: 2 });
  for (const after of ['', 'x', "1.2.' or 1=1", `9.99999999999999999999.${randomUUID()}`, '1.1.--------']) {
    expect(await getActivity(AMERICAN, { limit: 2, after })).toEqual(first);
  }
});

test('a conversion carries both amounts and its rates; a withdrawal its end', async () => {
  const { movements } = await getCashPage(AMERICAN, 100);
  const conversion = movements.find(({ kind }) => kind === 'CONVERSION');
  const [row] = await database.owner<{ to: bigint; rate: bigint; mid: bigint }[]>`
    select to_amount_minor as to, rate_e4 as rate, mid_rate_e4 as mid from cash_movements
     where investor_id = ${AMERICAN} and kind = 'CONVERSION'`;
  expect(conversion).toMatchObject({
    currency: 'USD',
    conversion: { currency: 'JPY', amountMinor: row?.to, rateE4: row?.rate, midRateE4: row?.mid },
  });
  const paid = movements.find(({ kind, state }) => kind === 'WITHDRAWAL' && state === 'SETTLED');
  expect(paid?.finishedAt).toBeInstanceOf(Date);
  expect(paid?.conversion).toBeNull();
});

test('a holding lists what brought its units, orders and allotments of its own class alone', async () => {
  for (const [investor, country, types] of [
    [AMERICAN, 'US', ['ORDER']],
    [JAPANESE, 'JP', ['ORDER', 'ALLOTMENT']],
  ] as const) {
    const holding = await getHoldingPage(investor, country, 100);
    const brought = holding?.movements.map((movement) => {
      if (movement.type !== 'ORDER' && movement.type !== 'ALLOTMENT')
        throw new Error(`A ${movement.type} is no purchase.`);
      return movement.units;
    });
    expect(new Set(holding?.movements.map(({ type }) => type))).toEqual(new Set(types));
    expect(brought?.reduce((sum, units) => sum + units, 0n)).toBe(holding?.position.units);
  }
  expect((await getHoldingPage(AMERICAN, 'JP', 10))?.movements).toEqual([]);
  expect(await getHoldingPage(AMERICAN, 'XX', 10)).toBeNull();
});

test('an order shows its own lines of an entry that it shares with others', async () => {
  const [shared] = await database.owner<{ investor_id: bigint; key: string; amount_minor: bigint; units: bigint }[]>`
    select investor_id, key::text, amount_minor, units from orders
     where class_id = 1 and journal_id in (select journal_id from orders group by journal_id having count(*) > 1) limit 1`;
  if (!shared) throw new Error('The seed has no orders that share an entry.');
  const order = await getOwnOrder(shared.investor_id, shared.key);
  expect(order).toMatchObject({ amountMinor: shared.amount_minor, units: shared.units, unitClass: { code: 'US' } });
  expect(order?.entry?.postings).toMatchObject([
    {
      account: 'INVESTOR_AVAILABLE',
      asset: { code: 'USD', kind: 'CURRENCY', decimals: 2 },
      amount: -shared.amount_minor,
    },
    { account: 'INVESTOR_UNITS', asset: { kind: 'UNIT', decimals: 3 }, amount: shared.units },
  ]);
});

test("someone else's order is not there, also when a query forgets whom it asks for", async () => {
  const [theirs] = await database.owner<{ key: string }[]>`
    select key::text from orders where investor_id = ${AMERICAN} limit 1`;
  expect(await getOwnOrder(JAPANESE, theirs?.key ?? '')).toBeNull();
  // Row-level security: the transaction belongs to one person, the query asks for another.
  expect(await withInvestor(JAPANESE, (db) => listMovements(db, AMERICAN, { limit: 10 }))).toEqual({
    movements: [],
    next: null,
  });
});

test('consents name the document in both languages, newest first', async () => {
  const consents = await listOwnConsents(AMERICAN);
  expect(consents[0]).toMatchObject({
    kind: 'PROSPECTUS',
    slug: 'prospectus',
    title: { en: 'Prospectus', ja: '交付目論見書' },
  });
  expect(new Set(consents.map(({ act }) => act))).toEqual(new Set(['OPENED', 'AGREED']));
  const times = consents.map(({ at }) => at.getTime());
  expect(times).toEqual([...times].sort((a, b) => b - a));
});
