import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as cash from '../commands/cash';
import { placeOrders } from '../commands/orders';
import { connect, type Sql } from '../connect';
import { type Break, onePosting, redAfter, WINDOW_BREAKS, windowHistory, without } from '../test-breaks';
import { testDatabase } from '../test-hooks';
import { CHECKS, verifyInvariants } from './verify';
import { DEALING_BREAKS, dealingHistory } from './verify-dealing-breaks';
import { GOVERNANCE_BREAKS } from './verify-governance-breaks';
import { PLAN_BREAKS, planHistory } from './verify-plan-breaks';
import { REFUND_BREAKS, refundHistory } from './verify-refund-breaks';
import { SWITCH_BREAKS } from './verify-switch-breaks';
import { VALUATION_BREAKS, valuationHistory } from './verify-valuation-breaks';

const AMERICAN = 1n;
const JAPANESE = 2n;

const database = testDatabase('seeded');
let superuser: Sql;
let paidKey: string;

beforeAll(async () => {
  superuser = connect(database.superUrl, { max: 1, name: 'test-breaks' });
  await someHistory(database.owner);
  await windowHistory(database.owner);
  await refundHistory(database.owner);
  await valuationHistory(database.owner);
  await dealingHistory(database.owner);
  await planHistory(database.owner);
});

afterAll(() => superuser?.end({ timeout: 5 }));

/** A history with at least one of everything that the ledger can hold today. */
async function someHistory(sql: Sql) {
  const key = randomUUID;
  const deposit = (investorId: bigint, currency: 'USD' | 'JPY', amountMinor: bigint) =>
    cash.depositCash(sql, { investorId, key: key(), currency, amountMinor });
  const withdraw = async (investorId: bigint, currency: 'USD' | 'JPY', amountMinor: bigint) => {
    const withdrawal = { investorId, key: key(), currency, amountMinor };
    expect(await cash.requestWithdrawal(sql, withdrawal)).toMatchObject({ ok: true });
    return withdrawal.key;
  };
  await deposit(AMERICAN, 'USD', 500_000n);
  await deposit(AMERICAN, 'USD', 300_000n);
  await deposit(JAPANESE, 'JPY', 900_000n);
  await deposit(JAPANESE, 'USD', 50_000n);

  const [rate] = await sql<{ buy: bigint }[]>`
    select jpy_per_usd_e4 - 100 * spread_sen as buy from fx_rates where published_at <= app_now() order by rate_date desc limit 1`;
  const conversion = { investorId: AMERICAN, key: key(), currency: 'USD', amountMinor: 12_345n } as const;
  expect(await cash.convertCash(sql, { ...conversion, rateE4: rate?.buy ?? 0n })).toMatchObject({ ok: true });

  paidKey = await withdraw(JAPANESE, 'JPY', 10_000n);
  expect(await cash.settleWithdrawal(sql, JAPANESE, paidKey)).toMatchObject({ ok: true });
  await cash.cancelWithdrawal(sql, AMERICAN, await withdraw(AMERICAN, 'USD', 700n));
  await withdraw(AMERICAN, 'USD', 2_500n);

  const wrong = key();
  await cash.depositCash(sql, { investorId: JAPANESE, key: wrong, currency: 'JPY', amountMinor: 77_000n });
  await sql`select * from reverse_journal((select journal_id from cash_movements where key = ${wrong}))`;

  await buy(sql);
}

async function buy(sql: Sql) {
  await sql`insert into consents (investor_id, document_version_id, act, locale, sha256)
    select i, o.prospectus_id, 'OPENED', 'en', t.sha256
      from unnest(array[${AMERICAN}::bigint, ${JAPANESE}::bigint]) i
     cross join (select distinct prospectus_id from offerings where state = 'OPEN') o
      join document_texts t on t.document_version_id = o.prospectus_id and t.locale = 'en'
        on conflict do nothing`;
  const open = await sql<{ id: number; price: bigint; terms_version: number }[]>`
    select id, price, terms_version from offerings where state = 'OPEN' and method = 'FIRST_COME' order by class_id`;
  const [us, jp] = open;
  if (!us || !jp) throw new Error('The seed has no open offering of each class.');
  const call = (investorId: bigint, offering: typeof us, kind: 'BUY_AMOUNT' | 'BUY_UNITS', asked: bigint) => ({
    investorId,
    key: randomUUID() as string,
    offeringId: offering.id,
    kind,
    asked,
    price: offering.price,
    termsVersion: offering.terms_version,
    locale: 'en' as const,
    consent: true,
  });
  for (const calls of [
    [call(AMERICAN, us, 'BUY_AMOUNT', 100_001n), call(JAPANESE, jp, 'BUY_UNITS', 10_007n)],
    [call(AMERICAN, us, 'BUY_UNITS', 1_234n), call(JAPANESE, jp, 'BUY_AMOUNT', 54_321n)],
  ]) {
    expect(await placeOrders(sql, calls)).toMatchObject([{ ok: true }, { ok: true }]);
  }
}

/** Each break and exactly the lines that it turns red: where one invariant follows from another, both. */
const BREAKS: Break[] = [
  {
    name: 'a cent moves from one entry to another',
    statements: [
      `update postings set amount = amount + 1 where investor_id = 0 and account = 'BANK' and asset_id = 1
        and journal_id = (select min(journal_id) from postings where account = 'BANK' and asset_id = 1)`,
      `update postings set amount = amount - 1 where investor_id = 0 and account = 'BANK' and asset_id = 1
        and journal_id = (select max(journal_id) from postings where account = 'BANK' and asset_id = 1)`,
    ],
    red: ['L1'],
  },
  { name: 'an entry without postings', statements: [`insert into journals (kind) values ('DEPOSIT')`], red: ['L1'] },
  {
    name: 'a control account loses a cent',
    statements: [`update postings set amount = amount + 1 where ${onePosting(`account = 'BANK'`)}`],
    red: ['L1', 'L2'],
  },
  {
    name: 'a cent appears in a wallet',
    statements: [`update wallets set available = available + 1 where investor_id = ${AMERICAN} and asset_id = 1`],
    red: ['L2', 'L3'],
  },
  {
    name: 'a cent moves from one wallet to another',
    statements: [
      `update wallets set available = available + 1 where investor_id = ${AMERICAN} and asset_id = 1`,
      `update wallets set available = available - 1 where investor_id = ${JAPANESE} and asset_id = 1`,
    ],
    red: ['L3'],
  },
  {
    name: 'a running balance is altered',
    statements: [
      `update postings set balance_after = balance_after + 1 where ${onePosting(`account = 'INVESTOR_AVAILABLE'`)}`,
    ],
    red: ['L4'],
  },
  {
    name: 'a version is left out',
    statements: [
      `update postings set version = version + 1
        where investor_id = ${AMERICAN} and asset_id = 1 and account = 'INVESTOR_AVAILABLE'
          and version = (select available_version from wallets where investor_id = ${AMERICAN} and asset_id = 1)`,
      `update wallets set available_version = available_version + 1 where investor_id = ${AMERICAN} and asset_id = 1`,
    ],
    red: ['L4'],
  },
  {
    name: 'a wallet forgets its version',
    statements: [
      `update wallets set reserved_version = reserved_version - 1 where investor_id = ${AMERICAN} and asset_id = 1`,
    ],
    red: ['L4'],
  },
  {
    name: 'the reserved cash of a withdrawal was there before it was reserved',
    statements: [
      without('postings', 'postings_not_negative'),
      without('postings_live', 'postings_investor_id_asset_id_account_version_pk'),
      // Paid out before it was set aside: each step follows from the one before it, through a balance below zero.
      `update postings set version = 3 - version, balance_after = case version when 1 then 0 else amount end
        where investor_id = ${JAPANESE} and asset_id = 2 and account = 'INVESTOR_RESERVED' and version in (1, 2)`,
    ],
    red: ['L5'],
  },
  { name: 'the site may rewrite postings', statements: ['grant update on postings to wakachi_app'], red: ['L6'] },
  {
    name: 'the site may rewrite a partition of the postings',
    statements: ['grant update on postings_live to wakachi_app'],
    red: ['L6'],
  },
  {
    name: 'the site may rewrite one column of the consents',
    statements: ['grant update (sha256) on consents to wakachi_app'],
    red: ['L6'],
  },
  { name: 'the site may empty the journals', statements: ['grant truncate on journals to wakachi_app'], red: ['L6'] },
  { name: 'the site escapes row-level security', statements: ['alter role wakachi_app bypassrls'], red: ['L6'] },
  {
    name: 'a reversal names another entry',
    statements: [
      `update journals set reverses = (select min(id) from journals where kind = 'DEPOSIT') where kind = 'REVERSAL' and id < 10000000000000`,
    ],
    red: ['L7'],
  },
  {
    name: 'a reversal names nothing',
    statements: [`update journals set reverses = null where kind = 'REVERSAL' and id < 10000000000000`],
    red: ['L7'],
  },
  {
    name: 'a rate is altered',
    statements: [`update cash_movements set rate_e4 = rate_e4 + 1 where kind = 'CONVERSION'`],
    red: ['L8'],
  },
  {
    name: 'a mid rate is not the one of its day',
    statements: [
      `update fx_rates set jpy_per_usd_e4 = jpy_per_usd_e4 + 1 where rate_date > (select min(rate_date) from fx_rates)`,
    ],
    red: ['L8'],
  },
  {
    name: 'a class has issued more than is authorised',
    statements: [`update unit_classes set authorised_units = 1 where code = 'US'`],
    red: ['U1'],
  },
  {
    name: 'a unit comes back to an offering',
    statements: [
      `update offering_slots set remaining = remaining + 1 where slot = 0
        and offering_id = (select min(id) from offerings where state = 'OPEN' and method = 'FIRST_COME')`,
    ],
    red: ['U1'],
  },
  {
    name: 'a holding below zero',
    statements: [
      without('holdings', 'holdings_not_negative'),
      `update holdings set units = -1 where investor_id = ${AMERICAN}`,
    ],
    red: ['L2', 'L3', 'U1', 'U2'],
  },
  {
    name: 'two orders name each other’s entries',
    statements: [
      `update orders set journal_id = (select min(journal_id) + max(journal_id) from orders where investor_id = ${AMERICAN}) - journal_id
        where investor_id = ${AMERICAN}`,
    ],
    red: ['U3', 'I5'],
  },
  {
    name: 'an order was settled before it was placed',
    statements: [`update orders set settled_at = placed_at - interval '1 second' where investor_id = ${AMERICAN}`],
    red: ['O1'],
  },
  {
    name: 'a first-come order stays half way',
    statements: [
      `insert into orders (investor_id, key, asked, amount_minor, units, price, placed_at, offering_id, terms_version, kind, state, locale, class_id)
       select investor_id, gen_random_uuid(), asked, amount_minor, units, price, placed_at, offering_id, terms_version, kind, 'REJECTED',
              locale, class_id from orders limit 1`,
    ],
    red: ['O1'],
  },
  { name: 'a reservation is lost', statements: ['delete from reservations'], red: ['O2'] },
  {
    name: 'a reservation is too large',
    statements: ['update reservations set amount_minor = amount_minor + 1'],
    red: ['O2'],
  },
  {
    name: 'a paid withdrawal keeps a reservation',
    statements: [
      `insert into reservations (investor_id, key, purpose, asset_id, amount_minor)
       select investor_id, key, 'WITHDRAWAL', asset_id, amount_minor from cash_movements where kind = 'WITHDRAWAL' and state = 'SETTLED'`,
    ],
    red: ['O3'],
  },
  {
    name: 'an order stands under terms that never were',
    statements: [`update orders set terms_version = 9 where investor_id = ${AMERICAN}`],
    red: ['O4'],
  },
  {
    name: 'an offering’s price changes without new terms',
    statements: [`update offerings set price = price + 1 where state = 'OPEN'`],
    red: ['O4'],
  },
  {
    name: 'a key has two answers',
    statements: [
      without('idempotency_keys', 'idempotency_keys_investor_id_operation_key_pk'),
      `insert into idempotency_keys (investor_id, operation, key, body_sha256, answer)
       select ${AMERICAN}, 'test', '00000000-0000-4000-8000-000000000000', sha256('body'), '{}' from generate_series(1, 2)`,
    ],
    red: ['I1'],
  },
  {
    name: 'an order answers more units than were asked for',
    statements: [without('orders', 'orders_as_asked'), `update orders set asked = asked + 1 where kind = 'BUY_UNITS'`],
    red: ['I2'],
  },
  {
    name: 'an order by amount answers fewer units than the amount buys',
    statements: [`update orders set asked = asked + 100000 where kind = 'BUY_AMOUNT'`],
    red: ['I2'],
  },
  {
    name: 'a key is kept without its request',
    statements: [
      `insert into idempotency_keys (investor_id, operation, key, body_sha256, answer)
       values (${AMERICAN}, 'test', gen_random_uuid(), '', '{}')`,
    ],
    red: ['I3'],
  },
  {
    name: 'a deposit loses its key',
    statements: [
      `delete from cash_movements where kind = 'DEPOSIT'
        and journal_id = (select min(journal_id) from cash_movements where kind = 'DEPOSIT')`,
    ],
    red: ['I5'],
  },
  {
    name: 'a key says something else than its entry',
    statements: [`update cash_movements set amount_minor = amount_minor + 1 where kind = 'DEPOSIT'`],
    red: ['I5'],
  },
  {
    name: 'a consent names another text',
    statements: [`update consents set sha256 = reverse(sha256) where investor_id = ${AMERICAN}`],
    red: ['R1'],
  },
  ...GOVERNANCE_BREAKS,
  ...WINDOW_BREAKS,
  ...REFUND_BREAKS,
  ...VALUATION_BREAKS,
  ...DEALING_BREAKS,
  ...PLAN_BREAKS,
];

test('a sound ledger is green on every line', async () => {
  expect(await redAfter(superuser, [])).toEqual([]);
});

test.each(BREAKS)('$name: red on $red, green elsewhere', async ({ statements, red }) => {
  expect(await redAfter(superuser, statements)).toEqual(red);
});

test('every line that data can show has a break', () => {
  const shown = CHECKS.filter(({ violations }) => violations !== null).map(({ id }) => id);
  expect(new Set([...BREAKS, ...SWITCH_BREAKS].flatMap(({ red }) => red))).toEqual(new Set(shown));
});

test('an acknowledged key that is not there turns I6 red', async () => {
  expect(await redAfter(superuser, [], [{ investorId: JAPANESE, key: paidKey }])).toEqual([]);
  expect(await redAfter(superuser, [], [{ investorId: AMERICAN, key: paidKey }])).toEqual(['I6']);
});

test('a failed line says which rows', async () => {
  let places: string[] = [];
  await superuser
    .begin(async (tx) => {
      await tx.unsafe('set local session_replication_role = replica');
      await tx`update wallets set available = available + 1 where investor_id = ${AMERICAN} and asset_id = 1`;
      places = (await verifyInvariants(tx)).find(({ id }) => id === 'L3')?.places ?? [];
      throw new Error('undo');
    })
    .catch(() => {});
  expect(places).toEqual([expect.stringMatching(/^investor 1, asset 1, INVESTOR_AVAILABLE: stored \d+, posted \d+$/)]);
});

test('rows that the role may not see are an error, not an ok', async () => {
  const site = connect(database.appUrl, { max: 1, name: 'test-site' });
  await expect(site.begin((tx) => verifyInvariants(tx))).rejects.toThrow();
  await site.end({ timeout: 5 });
});
