/** What the site's role is refused, by the database itself (TRUST L6, "Other people's things"). */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { withInvestor } from './client';
import { depositCash, requestWithdrawal } from './commands/cash';
import { placeOrders } from './commands/orders';
import { driverError } from './errors';
import { testDatabase } from './test-hooks';
import { addInvestors, addOffering, setFund } from './test-scene';

const database = testDatabase();
let ann: bigint;
let ben: bigint;

/** Both have cash, an order, units and a withdrawal that waits. */
beforeAll(async () => {
  await setFund(database.owner);
  const offering = await addOffering(database.owner);
  const people = await addInvestors(database.owner, 2);
  [ann = 0n, ben = 0n] = people;
  for (const investorId of people) {
    const cash = { investorId, currency: 'USD', amountMinor: 100_000n } as const;
    await depositCash(database.owner, { ...cash, key: randomUUID() });
    await requestWithdrawal(database.owner, { ...cash, amountMinor: 5_000n, key: randomUUID() });
    const order = {
      kind: 'BUY_UNITS',
      asked: 1_000n,
      price: 100_000n,
      termsVersion: 1,
      locale: 'en',
      consent: true,
    } as const;
    await placeOrders(database.owner, [{ ...order, investorId, key: randomUUID(), offeringId: offering }]);
  }
});

const OWN = ['wallets', 'holdings', 'orders', 'reservations', 'cash_movements', 'postings'];

describe.each(OWN)('%s', (table) => {
  test('shows a person their own rows, also when the query filters nothing', async () => {
    const rows = await withInvestor(ann, (_, sql) => sql.unsafe(`select distinct investor_id as id from ${table}`));
    expect([...rows]).toEqual([{ id: ann }]);
  });

  test('shows nothing where nobody is named, and nothing of another who is asked for', async () => {
    const { transaction } = await import('./client');
    expect([...(await transaction((_, sql) => sql.unsafe(`select 1 from ${table}`)))]).toEqual([]);
    const others = await withInvestor(ann, (_, sql) => sql.unsafe(`select 1 from ${table} where investor_id = ${ben}`));
    expect([...others]).toEqual([]);
  });
});

const PAST = [
  'journals',
  'postings',
  'orders',
  'wallets',
  'holdings',
  'reservations',
  'cash_movements',
  'offering_slots',
  'offerings',
  'nav_prices',
  'fx_rates',
  'valuations',
  'valuation_marks',
  'valuation_classes',
  'document_texts',
  'market_holidays',
  'dealing_orders',
  'dealing_acts',
  'dealing_corrections',
  'dealing_bridges',
];

test.each(PAST)('the site may not change %s', async (table) => {
  const [column] = await database.owner<[{ name: string }]>`
    select column_name as name from information_schema.columns where table_name = ${table} and is_identity = 'NO' order by ordinal_position limit 1`;
  for (const statement of [
    `update ${table} set ${column.name} = ${column.name}`,
    `delete from ${table}`,
    `truncate ${table}`,
    `insert into ${table} default values`,
  ]) {
    const refused = await withInvestor(ann, (_, sql) => sql.unsafe(statement)).catch(driverError);
    expect(refused, statement).toMatchObject({ code: '42501' });
  }
});

test.each(['consents', 'identity_events', 'suitability_answers', 'eligibility_appeals'])(
  'the site may only add to %s',
  async (table) => {
    for (const statement of [
      `update ${table} set investor_id = investor_id`,
      `delete from ${table}`,
      `truncate ${table}`,
    ]) {
      const refused = await withInvestor(ann, (_, sql) => sql.unsafe(statement)).catch(driverError);
      expect(refused, statement).toMatchObject({ code: '42501' });
    }
  },
);

test.each(['journals', 'postings', 'consents'])('not even the owner of the tables rewrites %s', async (table) => {
  for (const statement of [`delete from ${table}`, `truncate ${table} cascade`]) {
    const refused = await database.owner.unsafe(statement).catch(driverError);
    expect(refused, statement).toMatchObject({ code: '23514' });
  }
});

test.each([
  'reverse_journal(1)',
  'take_from_free_slots(1, 1)',
  'spread_over_slots(1, 1, 1, 1)',
  `lock_wallet(1, 1::smallint)`,
])('the site may not call %s', async (call) => {
  const refused = await withInvestor(ann, (_, sql) => sql.unsafe(`select ${call}`)).catch(driverError);
  expect(refused).toMatchObject({ code: '42501' });
});
