/** Postings that batches write: a partition is attached where it is right as a whole, and stays as it is from then on (TRUST L1, L3, L4, L6). */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { connect, type Sql, type TransactionSql } from './connect';
import { driverError } from './errors';
import { verifyInvariants } from './queries/verify';
import { testDatabase } from './test-hooks';
import { addInvestors, fund, setFund } from './test-scene';

const database = testDatabase();
/** The units of the US class. */
const WKU = 11;
let ann: bigint;

beforeAll(() => setFund(database.owner));
beforeEach(async () => {
  [ann = 0n] = await addInvestors(database.owner, 1);
  await fund(database.owner, [ann], 'USD', 1_000n);
});

type Posting = {
  investor: bigint;
  asset?: number;
  account: string;
  version: bigint;
  amount: bigint;
  balance: bigint | null;
};

/** Ten dollars more for Ann, from the bank. */
const paid = (journal: bigint): [Posting, Posting] => [
  { investor: 0n, account: 'BANK', version: journal, amount: -1_000n, balance: null },
  { investor: ann, account: 'INVESTOR_AVAILABLE', version: 2n, amount: 1_000n, balance: 2_000n },
];

/** Three units for Ann, the first that she has. */
const issued = (journal: bigint): [Posting, Posting] => [
  { investor: 0n, asset: WKU, account: 'UNITS_ISSUED', version: journal, amount: -3n, balance: null },
  { investor: ann, asset: WKU, account: 'INVESTOR_UNITS', version: 1n, amount: 3n, balance: 3n },
];

const add = (
  sql: TransactionSql,
  journal: bigint,
  { investor, asset = 1, account, version, amount, balance }: Posting,
) =>
  sql`insert into ${sql(`postings_${journal}`)} (investor_id, asset_id, account, version, journal_id, amount, balance_after)
      values (${investor}, ${asset}, ${account}, ${version}, ${journal}, ${amount}, ${balance})`;

/** A batch of one person; its journal, which is rolled back where it is refused. */
async function batch(postings: (journal: bigint) => Posting[], pay = true): Promise<bigint> {
  return database.owner.begin(async (sql) => {
    const [{ journal = 0n } = {}] = await sql<{ journal: bigint }[]>`select open_batch('DEPOSIT') as journal`;
    if (pay) {
      await sql`update wallets set available = available + 1000, available_version = available_version + 1
                 where investor_id = ${ann} and asset_id = 1`;
    }
    if (postings(journal).some(({ asset }) => asset === WKU)) {
      await sql`insert into holdings (investor_id, class_id, units, issued_units, version, cost_minor)
        select ${ann}, id, 3, 3, 1, 300 from unit_classes where unit_asset_id = ${WKU}`;
    }
    for (const posting of postings(journal)) await add(sql, journal, posting);
    await sql`select close_batch(${journal})`;
    return journal;
  });
}

const constraintOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error) => driverError(error)?.constraint,
  );

test('one that agrees with the balances is attached, and found among all postings', async () => {
  const journal = await batch(paid);
  const rows = await database.owner`
    select tableoid::regclass::text as part, version from postings
     where investor_id = ${ann} and account = 'INVESTOR_AVAILABLE' order by version`;
  expect([...rows]).toEqual([
    { part: 'postings_live', version: 1n },
    { part: `postings_${journal}`, version: 2n },
  ]);
});

test('cash and units go into one batch', async () => {
  const journal = await batch((n) => [...paid(n), ...issued(n)]);
  const rows = await database.owner`
    select asset_id as asset, amount from postings where journal_id = ${journal} and investor_id = ${ann} order by asset_id`;
  expect([...rows]).toEqual([
    { asset: 1, amount: 1_000n },
    { asset: WKU, amount: 3n },
  ]);
});

const units = (change: Partial<Posting>) => (journal: bigint) => {
  const [fundUnits, own] = issued(journal);
  return [...paid(journal), fundUnits, { ...own, ...change }];
};

const changed = (change: Partial<Posting>) => (journal: bigint) => {
  const [bank, own] = paid(journal);
  return [bank, { ...own, ...change }];
};

test.each([
  ['a balance that is not the account’s', changed({ balance: 2_001n }), 'postings_match_balance'],
  ['a version that is not the balance’s', changed({ version: 3n }), 'postings_match_balance'],
  ['an account that nobody keeps a balance of', changed({ investor: 999_999_999n }), 'postings_match_balance'],
  ['another account of the same person', changed({ account: 'INVESTOR_RESERVED' }), 'postings_match_balance'],
  ['units that the holding does not have', units({ balance: 4n }), 'postings_match_balance'],
  ['a version that is not the holding’s', units({ version: 2n }), 'postings_match_balance'],
  ['units of somebody without a holding', units({ investor: 999_999_999n }), 'postings_match_balance'],
  ['units in an account of cash', units({ account: 'INVESTOR_AVAILABLE' }), 'postings_match_balance'],
  ['units that come from nowhere', units({ amount: 4n }), 'postings_balance'],
  ['a sum that is not zero', changed({ amount: 999n }), 'postings_balance'],
  ['one side alone', (journal: bigint) => paid(journal).slice(1), 'postings_balance'],
  ['nothing', () => [], 'postings_balance'],
  [
    'the same version twice',
    (journal: bigint) => {
      const [bank, own] = paid(journal);
      const half = { ...own, amount: 500n };
      return [bank, half, half];
    },
    undefined,
  ],
])('%s is refused', async (_, postings, constraint) => {
  const refused = await constraintOf(batch(postings));
  // The last is the key's to refuse, whose name is the partition's.
  expect(refused).toEqual(constraint ?? expect.stringMatching(/^postings_\d+_pkey$/));
});

test('a version that an earlier transaction made is refused: it has its posting already', async () => {
  const again = (journal: bigint) => {
    const [bank, own] = paid(journal);
    return [bank, { ...own, version: 1n, balance: 1_000n }];
  };
  expect(await constraintOf(batch(again, false))).toBe('postings_match_balance');
});

test('a version that stands in two partitions all the same is named by verify', async () => {
  const journal = await batch(paid);
  const superuser = connect(database.superUrl, { max: 1, name: 'test-super' });
  const undo = new Error('undo');
  const red: string[][] = [];
  await superuser
    .begin(async (sql) => {
      const look = async () =>
        red.push((await verifyInvariants(sql)).filter(({ ok }) => ok === false).map(({ id }) => id));
      await sql`set local session_replication_role = replica`;
      await look();
      await sql`update ${sql(`postings_${journal}`)} set version = 1 where investor_id = ${ann}`;
      await look();
      throw undo;
    })
    .catch((error) => {
      if (error !== undo) throw error;
    });
  await superuser.end({ timeout: 5 });
  // These deposits and units are nobody's act, before and after.
  const [before = [], after] = red;
  expect(before).toContain('I5');
  expect(after).toEqual(['L4', ...before]);
});

test('what is attached stays as it is, for the owner of the tables too', async () => {
  const journal = await batch(paid);
  const part = `postings_${journal}`;
  for (const statement of [
    `update ${part} set amount = amount`,
    `delete from ${part}`,
    `truncate ${part}`,
    `insert into ${part} select * from ${part}`,
    'update postings_live set amount = amount',
    'truncate postings_live',
  ]) {
    expect((await database.owner.unsafe(statement).catch(driverError)) as unknown, statement).toMatchObject({
      code: '23514',
    });
  }
});

test('the site reads no partition past the policies of the whole, and makes none', async () => {
  const journal = await batch(paid);
  const site: Sql = connect(database.appUrl, { max: 1, name: 'test-site' });
  for (const statement of [
    `select 1 from postings_${journal}`,
    'select 1 from postings_live',
    'insert into postings_live default values',
    `select open_batch('DEPOSIT')`,
    `select close_batch(${journal})`,
    `select nextval('batch_journals')`,
  ]) {
    expect((await site.unsafe(statement).catch(driverError)) as unknown, statement).toMatchObject({ code: '42501' });
  }
  await site.end({ timeout: 5 });
});
