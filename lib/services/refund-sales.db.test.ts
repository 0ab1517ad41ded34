import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { withInvestor } from '@/db/client';
import { type OrderCall, placeOrders } from '@/db/commands/orders';
import {
  claimSaleRefund,
  listRefundOutcomes,
  refundSales as refundChunk,
  releaseSaleRefund,
} from '@/db/commands/sale-refunds';
import { connect, type Sql } from '@/db/connect';
import { listMovements } from '@/db/queries/movements';
import { getOrder } from '@/db/queries/order-details';
import { verifyInvariants } from '@/db/queries/verify';
import { type Council, refused, setCouncil } from '@/db/test-council';
import { createTestDatabase } from '@/db/test-database';
import { testDatabase } from '@/db/test-hooks';
import { addInvestors, addOffering, fund, orderCall as order, setFund } from '@/db/test-scene';
import { readTable } from '@/lib/domain/desk/table';
import { LOCALES } from '@/lib/i18n/locale';
import { runDue } from '@/lib/jobs/run-due';
import { ORDER_TABLE, viewOrders } from './view-orders';

const database = testDatabase();
let site: Sql;
let council: Council;

beforeAll(async () => {
  await setFund(database.owner);
  site = connect(database.appUrl, { max: 12, name: 'test-refunds' });
  council = await setCouncil(database.owner, site);
});
afterEach(() => whole(database.owner));
afterAll(() => site.end({ timeout: 5 }));

async function whole(owner: Sql) {
  const findings = await owner.begin((sql) => verifyInvariants(sql));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
}

async function buy(sql: Sql, calls: OrderCall[]) {
  for (const answer of await placeOrders(sql, calls)) expect(answer).toMatchObject({ ok: true });
}

/** Seven people buy in an offering, one of them twice, and some also elsewhere in the same entries of the ledger. */
async function soldOffering(owner: Sql) {
  const offering = await addOffering(owner, { sizeUnits: 1_000_000n });
  const other = await addOffering(owner, { price: 120_000n });
  await owner`update offerings set slug = 'sold-' || id where id = ${offering}`;
  const people = await addInvestors(owner, 9);
  await fund(owner, people, 'USD', 100_000n);
  await owner`update users set locale = 'ja' where id % 2 = 0 and role = 'CITIZEN'`;
  await buy(
    owner,
    people.map((id, n) =>
      n < 7 ? order(id, offering, { asked: 1_000n + BigInt(n % 3) }) : order(id, other, { price: 120_000n }),
    ),
  );
  await buy(owner, [
    order(people[0] ?? 0n, offering, { kind: 'BUY_AMOUNT', asked: 777n }),
    order(people[1] ?? 0n, other, { price: 120_000n }),
  ]);
  const [{ slug = '' } = {}] = await owner<{ slug: string }[]>`select slug from offerings where id = ${offering}`;
  return { offering, other, slug, people };
}

const proposeOff = (slug: string) =>
  council.propose(council.manager, 'OFFERING_CANCEL', { offering: slug, remark: 'By common decision.' });
async function callOff(slug: string) {
  const off = await proposeOff(slug);
  expect(await council.sign(council.us, off)).toMatchObject({ ok: true });
  expect(await council.sign(council.jp, off)).toMatchObject({ ok: true, state: 'EXECUTED' });
}

/** One chunk, with texts of the test's own. */
async function chunk(sql: Sql, offering: number, fence: number) {
  const outcomes = await listRefundOutcomes(sql, offering);
  const texts = outcomes.flatMap((outcome) =>
    LOCALES.map((locale) => ({
      ...outcome,
      locale,
      subject: locale,
      body: `${outcome.units} for ${outcome.amountMinor}`,
    })),
  );
  return refundChunk(sql, offering, fence, 'purchase-refunded', texts);
}

const accountOf = async (owner: Sql, investor: bigint) =>
  (
    await owner`
      select w.available, w.reserved, coalesce(h.units, 0)::bigint as units, coalesce(h.cost_minor, 0)::bigint as cost
        from wallets w left join holdings h on h.investor_id = w.investor_id where w.investor_id = ${investor} and w.asset_id = 1`
  )[0];

test('every buyer has the cash back and hears of it; what they bought elsewhere stays, at its own cost', async () => {
  const { offering, slug, people } = await soldOffering(database.owner);
  await callOff(slug);
  expect((await runDue()).refunded).toBe(7);
  expect((await runDue()).refunded).toBe(0);
  for (const [n, person] of people.entries()) {
    const elsewhere = n === 1 || n >= 7;
    expect(await accountOf(database.owner, person)).toEqual({
      available: elsewhere ? 98_800n : 100_000n,
      reserved: 0n,
      units: elsewhere ? 1_000n : 0n,
      cost: elsewhere ? 1_200n : 0n,
    });
  }
  const mails = await database.owner<{ id: bigint; locale: string; body: string }[]>`
    select user_id as id, locale, body from mails where kind = 'purchase-refunded' order by user_id`;
  expect(mails.map(({ id, locale }) => [id, locale])).toEqual(
    people.slice(0, 7).map((id) => [id, id % 2n === 0n ? 'ja' : 'en']),
  );
  expect(mails[0]?.body).toContain(people[0] && people[0] % 2n === 0n ? '17.77ドル' : '$17.77');
  const [issued] = await database.owner`select issued_units(1::smallint) as units`;
  expect(issued?.units).toBe(3_000n);
  // The orders stay settled, and say that they were undone.
  const [first = 0n] = people;
  const seen = await withInvestor(first, async (db) => {
    const { movements } = await listMovements(db, first, { limit: 10 });
    const bought = movements.find((movement) => movement.type === 'ORDER');
    return { movements, order: bought && (await getOrder(db, first, bought.key)) };
  });
  expect(seen.movements[0]).toMatchObject({ type: 'SALE_REFUND', refundMinor: 1_777n });
  expect(seen.movements.filter((movement) => movement.type === 'ORDER')).toMatchObject([
    { refunded: true },
    { refunded: true },
  ]);
  const staff = { sessionId: council.us.sessionId, role: 'OPERATOR' } as const;
  const desk = await viewOrders(staff, readTable(ORDER_TABLE, { q: slug }));
  expect(desk.rows.map(({ refunded }) => refunded)).toEqual(Array(8).fill(true));
  const all = await viewOrders(staff, readTable(ORDER_TABLE, {}));
  expect(all.rows.filter(({ refunded }) => !refunded)).toHaveLength(3);
  expect(seen.order).toMatchObject({ state: 'SETTLED', refund: { journalId: expect.any(BigInt) } });
  const [answer] = await placeOrders(site, [order(people[8] ?? 0n, offering)]);
  expect(answer).toMatchObject({ ok: false, code: 'order.closed' });
  expect((await proposeOff(slug)).answer).toMatchObject(refused('proposal.wrong-state'));
});

test('one that has sold nothing is called off by its state alone, and one that is closed as well as an open one', async () => {
  const empty = await addOffering(database.owner);
  const [{ slug = '' } = {}] = await database.owner<{ slug: string }[]>`select slug from offerings where id = ${empty}`;
  await callOff(slug);
  expect(await database.owner`select 1 from sale_refunds where offering_id = ${empty}`).toHaveLength(0);
  const { offering, slug: closed } = await soldOffering(database.owner);
  await database.owner`update offerings set state = 'CLOSED' where id = ${offering}`;
  await callOff(closed);
  expect((await runDue()).refunded).toBe(7);
});

test('orders at the moment of the last signature are refunded with the others, or not taken', async () => {
  const offering = await addOffering(database.owner);
  const [{ slug = '' } = {}] = await database.owner<
    { slug: string }[]
  >`select slug from offerings where id = ${offering}`;
  const people = await addInvestors(database.owner, 120);
  await fund(database.owner, people, 'USD', 10_000n);
  const off = await proposeOff(slug);
  await council.sign(council.us, off);
  const placing = (from: number, to: number) =>
    people.slice(from, to).map((id) => placeOrders(site, [order(id, offering)]).then(([answer]) => answer));
  const before = placing(0, 60);
  const signed = council.sign(council.jp, off);
  const answers = await Promise.all([...before, ...placing(60, 120)]);
  expect(await signed).toMatchObject({ ok: true, state: 'EXECUTED' });
  const taken = answers.filter((answer) => answer?.ok).length;
  for (const answer of answers)
    if (!answer?.ok) expect(['order.closed', 'order.sold-out', 'retry']).toContain(answer?.code);
  expect((await runDue()).refunded).toBe(taken);
  const left = await database.owner`
    select distinct available from wallets where investor_id = any (${people.map(String)}::bigint[])`;
  expect([...left]).toEqual([{ available: 10_000n }]);
});

test('units that are with their buyer no more stand against it, at proposing and again at the last signature', async () => {
  const { slug, people } = await soldOffering(database.owner);
  const off = await proposeOff(slug);
  await council.sign(council.us, off);
  const superuser = connect(database.superUrl, { max: 1, name: 'test-mover' });
  // Nothing moves units yet; a later redemption would. Without triggers, and put back.
  const moved = (units: bigint) =>
    superuser.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update holdings set units = units + ${units} where investor_id = ${people[0] ?? 0n}`;
    });
  await moved(-1n);
  expect(await council.sign(council.jp, off)).toMatchObject(refused('proposal.units-moved'));
  await moved(1n);
  expect(await council.sign(council.jp, off)).toMatchObject({ ok: true, state: 'EXECUTED' });
  await superuser.end();
  expect((await runDue()).refunded).toBe(7);
});

test('two workers at once: one lease, and the stale one is fenced', async () => {
  const { offering, slug } = await soldOffering(database.owner);
  await callOff(slug);
  await database.owner`update sale_refunds set chunk_people = 3 where offering_id = ${offering}`;
  const claims = await Promise.all(Array.from({ length: 8 }, () => claimSaleRefund(site, offering, 60)));
  const [fence = 0] = claims.flatMap((claim) => claim ?? []);
  expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  expect(await chunk(site, offering, fence)).toEqual({ people: 3, finished: false });
  // Half way the books are whole, and nothing can be bought with what is authorised twice.
  await whole(database.owner);
  await database.owner`update sale_refunds set leased_until = clock_timestamp() where offering_id = ${offering}`;
  const second = await claimSaleRefund(site, offering, 60);
  expect(second).toBe(fence + 1);
  expect(await chunk(site, offering, fence)).toBe(null);
  await releaseSaleRefund(site, offering, fence);
  expect(await claimSaleRefund(site, offering, 60)).toBe(null);
  expect(await chunk(site, offering, second ?? 0)).toEqual({ people: 3, finished: false });
  expect(await chunk(site, offering, second ?? 0)).toEqual({ people: 1, finished: true });
  expect(await chunk(site, offering, second ?? 0)).toBe(null);
});

test('the site starts no refund by itself', async () => {
  for (const call of [
    'start_sale_refund(1, null, 10)',
    'cancel_offering(1, null)',
    'next_refunds(1)',
    'have_units_moved(1)',
  ])
    await expect(site.unsafe(`select ${call}`), call).rejects.toMatchObject({ code: '42501' });
  await expect(site`select 1 from sale_refunds`).rejects.toMatchObject({ code: '42501' });
  await expect(site`delete from sale_refund_chunks`).rejects.toMatchObject({ code: '42501' });
});

/** Everything that a run leaves behind, without what differs from run to run by design. */
async function traces(owner: Sql) {
  const [row] = await owner<[{ all: string }]>`
    select jsonb_build_object(
      'run', (select jsonb_agg(to_jsonb(r) - '{fence,leased_until}'::text[]) from sale_refunds r),
      'chunks', (select jsonb_agg(to_jsonb(c) - 'journal_id' order by c.chunk) from sale_refund_chunks c),
      'wallets', (select jsonb_agg(to_jsonb(w) order by w.investor_id, w.asset_id) from wallets w),
      'holdings', (select jsonb_agg(to_jsonb(h) order by h.investor_id, h.class_id) from holdings h),
      'orders', (select jsonb_agg(to_jsonb(o) - '{key,journal_id}'::text[] order by o.number) from orders o),
      'postings', (select jsonb_agg(to_jsonb(p) - '{journal_id,version}'::text[] order by p.investor_id, p.asset_id, p.account, p.version, p.amount) from postings p),
      'mails', (select jsonb_agg(to_jsonb(m) - 'id' order by m.user_id) from mails m))::text as all`;
  return row.all;
}

test('killed in any chunk and resumed: byte for byte the same', async () => {
  const outcomes: string[] = [];
  let chunks = 0;
  // 0: never interrupted. n: the backend dies in the n-th chunk, which another worker takes anew.
  for (let kill = 0; kill <= chunks; kill += 1) {
    const fresh = await createTestDatabase();
    const owner = connect(fresh.ownerUrl, { max: 2, name: 'test-owner' });
    const superuser = connect(fresh.superUrl, { max: 1, name: 'test-killer' });
    await setFund(owner);
    await owner`select set_clock('FROZEN', '2026-06-01T00:00:00Z', null)`;
    const { offering } = await soldOffering(owner);
    await owner`select cancel_offering(${offering}, null)`;
    await owner`update sale_refunds set chunk_people = 3 where offering_id = ${offering}`;
    let fence = (await claimSaleRefund(owner, offering, 60)) ?? 0;
    for (let n = 1; ; n += 1) {
      if (n === kill) {
        const worker = connect(fresh.appUrl, { max: 1, name: 'test-worker' });
        const [{ pid = 0 } = {}] = await worker<{ pid: number }[]>`select pg_backend_pid() as pid`;
        const begun = worker.begin(async (sql) => {
          await chunk(sql as unknown as Sql, offering, fence);
          await superuser`select pg_terminate_backend(${pid})`;
          await sql`select 1`;
        });
        await expect(begun).rejects.toThrow();
        await worker.end({ timeout: 1 });
        await owner`update sale_refunds set leased_until = clock_timestamp() where offering_id = ${offering}`;
        fence = (await claimSaleRefund(owner, offering, 60)) ?? 0;
      }
      const done = await chunk(owner, offering, fence);
      if (kill === 0) chunks = n;
      if (done === null || done.finished) break;
    }
    await whole(owner);
    outcomes.push(await traces(owner));
    await Promise.all([owner.end(), superuser.end()]);
    await fresh.drop();
  }
  expect(chunks).toBe(3);
  expect(new Set(outcomes).size).toBe(1);
}, 120_000);
