/** A whole run, from subscriptions to mails, on the books: interrupted at every step, by two workers, as a refund; and the races at its edges. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { allot } from '@/lib/domain/allotment/allot';
import { pseudonym } from '@/lib/domain/allotment/applicants';
import { ALLOTMENT_METHODS, type AllotmentMethod } from '@/lib/domain/allotment/model';
import { connect, type Sql } from '../connect';
import { verifyInvariants } from '../queries/verify';
import { createTestDatabase, type TestDatabase } from '../test-database';
import { testDatabase } from '../test-hooks';
import { addInvestors, addOffering, fund, setFund } from '../test-scene';
import {
  closeWindow,
  commitSide,
  finishAllotment,
  startAllotment,
  stepAllotment,
  stopClock,
  subscribe,
} from '../test-window';
import { advanceAllotment, claimAllotment, releaseAllotment } from './allotments';
import { placeSubscription, withdrawSubscription } from './subscriptions';

const database = testDatabase();
let site: Sql;
const OPEN = new Date('2026-06-01T00:00:00Z');
const CLOSES = new Date('2026-06-02T06:00:00Z');
const SALT = new Uint8Array(32).fill(9);

beforeAll(async () => {
  await setFund(database.owner);
  site = connect(database.appUrl, { max: 12, name: 'test-runs' });
});
afterEach(async () => {
  const findings = await database.owner.begin((sql) => verifyInvariants(sql));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
});
afterAll(() => site.end({ timeout: 5 }));

const windowOf = (method: AllotmentMethod, more = {}) => ({
  method,
  closesAt: CLOSES,
  sizeUnits: 20_500n,
  lotUnits: 100n,
  minUnits: 100n,
  maxUnits: 9_000n,
  price: 101_234n,
  ...more,
});

/** Eleven people ask for 100 to 9,000 units, one of them twice; one thinks better of it, and one holds units already. */
async function filledWindow(owner: Sql, method: AllotmentMethod, more = {}) {
  await stopClock(owner, OPEN);
  const offering = await addOffering(owner, windowOf(method, more));
  // The slug is part of the seed: the same in every database.
  await owner`update offerings set slug = 'window-' || id where id = ${offering}`;
  const people = await addInvestors(owner, 12);
  await fund(owner, people, 'USD', 200_000n);
  const secrets = [
    await commitSide(owner, offering, 'US', '5a'.repeat(32)),
    await commitSide(owner, offering, 'JP', 'a5'.repeat(32)),
  ];
  const asked = [1n, 1n, 1n, 3n, 7n, 20n, 33n, 60n, 88n, 90n, 2n];
  for (const [n, lots] of asked.entries()) await subscribe(owner, people[n] ?? 0n, offering, lots * 100n);
  await subscribe(owner, people[4] ?? 0n, offering, 500n);
  const [last = 0n] = people.slice(-1);
  const key = await subscribe(owner, last, offering, 9_000n);
  expect(
    await withdrawSubscription(owner, { investorId: last, key: crypto.randomUUID(), subscription: key }),
  ).toMatchObject({ ok: true });
  return { offering, people, secrets };
}

/** Everything that a run leaves behind, without what differs from run to run by design: ids of entries and which chunk had its own first, and real time. */
async function traces(owner: Sql, offering: number) {
  const [row] = await owner<[{ all: string }]>`
    select jsonb_build_object(
      'run', (select to_jsonb(r) - '{fence,leased_until}'::text[] from allotment_runs r where offering_id = ${offering}),
      'state', (select state from offerings where id = ${offering}),
      'allotments', (select jsonb_agg(to_jsonb(a) order by a.investor_id) from allotments a where offering_id = ${offering}),
      'chunks', (select jsonb_agg(to_jsonb(c) - 'journal_id' order by c.chunk) from allotment_chunks c where offering_id = ${offering}),
      'wallets', (select jsonb_agg(to_jsonb(w) order by w.investor_id, w.asset_id) from wallets w),
      'holdings', (select jsonb_agg(to_jsonb(h) order by h.investor_id, h.class_id) from holdings h),
      'postings', (select jsonb_agg(to_jsonb(p) - '{journal_id,version}'::text[] order by p.investor_id, p.asset_id, p.account,
                           case p.investor_id when 0 then p.amount else p.version end) from postings p),
      'journals', (select jsonb_agg(to_jsonb(j) - 'id' order by j.id) from journals j),
      'mails', (select jsonb_agg(to_jsonb(m) - 'id' order by m.user_id) from mails m))::text as all`;
  return row.all;
}

test.each(ALLOTMENT_METHODS)(
  '%s: subscriptions become units and refunds, and everybody hears of it',
  async (method) => {
    const { offering, people, secrets } = await filledWindow(database.owner, method);
    await closeWindow(database.owner, offering, SALT);
    expect(await secrets[0]?.reveal()).toBe(null);
    expect(await secrets[1]?.reveal()).toBe(null);
    await startAllotment(database.owner, offering, 4);
    await finishAllotment(site, offering);
    const [run] =
      await database.owner`select r.*, o.state from allotment_runs r join offerings o on o.id = r.offering_id where r.offering_id = ${offering}`;
    expect(run).toMatchObject({ step: 'DONE', state: 'SETTLED', allotted_units: 20_500n, chunks: 3 });
    const asked = [1n, 1n, 1n, 3n, 12n, 20n, 33n, 60n, 88n, 90n, 2n].map((lots, n) => ({
      id: pseudonym(SALT, people[n] ?? 0n),
      units: lots * 100n,
    }));
    const sale = { method, lotUnits: 100n, offeredUnits: 20_500n, upsizeUnits: 0n };
    const { units } = allot(sale, asked, run?.seed);
    for (const [n, person] of people.entries()) {
      const got = units[n] ?? 0n;
      const [account] = await database.owner`
      select w.available, w.reserved, coalesce(h.units, 0)::bigint as units, coalesce(h.cost_minor, 0)::bigint as cost
        from wallets w left join holdings h on h.investor_id = w.investor_id where w.investor_id = ${person}`;
      const cost = (got * 101_234n + 99_999n) / 100_000n;
      expect(account).toEqual({ available: 200_000n - cost, reserved: 0n, units: got, cost });
      const mails = await database.owner`select body from mails where user_id = ${person}`;
      expect([...mails]).toEqual(n < asked.length ? [{ body: `${got} of ${asked[n]?.units}` }] : []);
    }
  },
);

test('a cancelled window gives everybody their whole cash back, before its close and after', async () => {
  for (const closed of [false, true]) {
    const { offering, people } = await filledWindow(database.owner, 'BALLOT');
    if (closed) await closeWindow(database.owner, offering);
    const [started] = await database.owner`select start_refund(${offering}, null, 5) as code`;
    expect(started?.code).toBe(null);
    await finishAllotment(site, offering);
    const left =
      await database.owner`select distinct available, reserved from wallets where investor_id = any (${people.map(String)}::bigint[])`;
    expect([...left]).toEqual([{ available: 200_000n, reserved: 0n }]);
    const [run] =
      await database.owner`select r.step, r.allotted_units, o.state from allotment_runs r join offerings o on o.id = r.offering_id where o.id = ${offering}`;
    expect(run).toEqual({ step: 'DONE', allotted_units: 0n, state: 'CANCELLED' });
  }
});

test('a window without applicants ends at once', async () => {
  await stopClock(database.owner, OPEN);
  const offering = await addOffering(database.owner, windowOf('PRO_RATA'));
  await closeWindow(database.owner, offering);
  await startAllotment(database.owner, offering);
  await finishAllotment(site, offering);
  const [row] = await database.owner`select state from offerings where id = ${offering}`;
  expect(row?.state).toBe('SETTLED');
});

test('two workers at once: one lease; the stale one is fenced', async () => {
  const { offering } = await filledWindow(database.owner, 'PRO_RATA');
  await closeWindow(database.owner, offering);
  await startAllotment(database.owner, offering, 2);
  const claims = await Promise.all(Array.from({ length: 8 }, () => claimAllotment(site, offering, 60)));
  const [fence = 0] = claims.flatMap((claim) => claim ?? []);
  expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  // One fence used twice at the same time takes two steps, never one step twice.
  await Promise.all([advanceAllotment(site, offering, fence), advanceAllotment(site, offering, fence)]);
  const [at] = await database.owner`select step, chunks_done from allotment_runs where offering_id = ${offering}`;
  expect(at).toEqual({ step: 'POST', chunks_done: 1 });
  // The lease ends: another worker takes over, and the first comes back.
  await database.owner`update allotment_runs set leased_until = clock_timestamp() where offering_id = ${offering}`;
  const second = await claimAllotment(site, offering, 60);
  expect(second).toBe(fence + 1);
  expect(await advanceAllotment(site, offering, fence)).toBe(null);
  await releaseAllotment(site, offering, fence);
  expect(await claimAllotment(site, offering, 60)).toBe(null);
  await releaseAllotment(site, offering, second ?? 0);
  await finishAllotment(site, offering);
});

/** A window that stands at POST, with chunks of two people. */
async function postingWindow(owner: Sql) {
  const { offering, people, secrets } = await filledWindow(owner, 'QUANTITY_CEILING');
  await closeWindow(owner, offering, SALT);
  for (const { reveal } of secrets) await reveal();
  await startAllotment(owner, offering, 2);
  const fence = (await claimAllotment(owner, offering, 60)) ?? 0;
  expect(await advanceAllotment(owner, offering, fence)).toEqual({ step: 'POST', chunksDone: 0, chunks: 6 });
  return { offering, people, fence };
}

test('a chunk that somebody posts is left to them, and another is posted meanwhile', async () => {
  const { offering, fence } = await postingWindow(database.owner);
  await database.owner.begin(async (sql) => {
    await sql`select 1 from allotment_chunks where offering_id = ${offering} and chunk = 0 for no key update`;
    expect(await advanceAllotment(site, offering, fence)).toEqual({ step: 'POST', chunksDone: 1, chunks: 6 });
  });
  const posted = await database.owner<{ chunk: number }[]>`
    select chunk from allotment_chunks where offering_id = ${offering} and journal_id is not null`;
  expect([...posted]).toEqual([{ chunk: 1 }]);
  await releaseAllotment(site, offering, fence);
  await finishAllotment(site, offering);
});

test('posted by several at once: byte for byte as by one', async () => {
  const outcomes: string[] = [];
  for (const lanes of [1, 4]) {
    const fresh = await createTestDatabase();
    const owner = connect(fresh.ownerUrl, { max: lanes, name: 'test-owner' });
    await setFund(owner);
    const { offering, fence } = await postingWindow(owner);
    const lane = async () => {
      while ((await advanceAllotment(owner, offering, fence))?.step === 'POST');
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    await releaseAllotment(owner, offering, fence);
    await finishAllotment(owner, offering);
    outcomes.push(await traces(owner, offering));
    await owner.end();
    await fresh.drop();
  }
  expect(outcomes[1]).toBe(outcomes[0]);
}, 60_000);

test('a worker that is fenced while it posts leaves nothing of its chunk', async () => {
  const { offering, people, fence } = await postingWindow(database.owner);
  let stale: ReturnType<typeof advanceAllotment> | undefined;
  await database.owner.begin(async (sql) => {
    // The first chunk waits for the wallet of somebody whose order is under way, and its lease ends.
    await sql`select 1 from wallets where investor_id = ${people[0] ?? 0n} for no key update`;
    stale = advanceAllotment(site, offering, fence);
    await expect
      .poll(async () => (await sql`select count(*)::int as n from pg_locks where not granted`)[0]?.n)
      .toBeGreaterThan(0);
    await sql`update allotment_runs set leased_until = clock_timestamp() where offering_id = ${offering}`;
    await sql`select claim_allotment(${offering}, 60)`;
  });
  expect(await stale).toBe(null);
  const [row] =
    await database.owner`select count(journal_id)::int as posted from allotment_chunks where offering_id = ${offering}`;
  expect(row?.posted).toBe(0);
  await releaseAllotment(site, offering, fence + 1);
  await finishAllotment(site, offering);
});

test('secrets come when the list stands, and until the deadline', async () => {
  const { offering, secrets } = await filledWindow(database.owner, 'BALLOT');
  const [us, jp] = secrets;
  expect(await us?.reveal()).toBe('draw.not-listed');
  await closeWindow(database.owner, offering);
  const late = await database.owner`select record_commitment('US', ${offering}, ${'0'.repeat(64)}) as code`;
  expect(late[0]?.code).toBe('draw.committed-already');
  const wrong = await database.owner`select record_reveal('JP', ${offering}, ${us?.secret ?? ''}) as code`;
  expect(wrong[0]?.code).toBe('draw.wrong-secret');
  expect(await us?.reveal()).toBe(null);
  expect(await us?.reveal()).toBe(null);
  const [draw] = await database.owner<
    { deadline: Date }[]
  >`select reveal_deadline as deadline from draws where offering_id = ${offering}`;
  await stopClock(database.owner, draw?.deadline ?? OPEN);
  expect(await jp?.reveal()).toBe('draw.too-late');
  await startAllotment(database.owner, offering);
  await finishAllotment(site, offering);
  const [run] =
    await database.owner`select seed_parts -> 'parts' as parts from allotment_runs where offering_id = ${offering}`;
  expect(run?.parts).toMatchObject([
    { side: 'JP', secret: null, commitment: jp?.commitment },
    { side: 'US', secret: us?.secret },
  ]);
});

test('a withdrawal and the close at once: either it is out of the list with its cash back, or it stands in it', async () => {
  await stopClock(database.owner, OPEN);
  const offering = await addOffering(database.owner, windowOf('PRO_RATA'));
  const people = await addInvestors(database.owner, 40);
  await fund(database.owner, people, 'USD', 1_000n);
  const keys = await Promise.all(people.map((person) => subscribe(site, person, offering, 900n)));
  // The clock stands just before the close for those who withdraw, and at it for whoever closes.
  await database.owner`update offerings set closes_at = ${OPEN} + interval '1 second' where id = ${offering}`;
  const withdrawals = people.map((investorId, n) =>
    withdrawSubscription(site, { investorId, key: crypto.randomUUID(), subscription: keys[n] ?? '' }),
  );
  const close = database.owner`select list_applicants(${offering})`;
  const answers = await Promise.all(withdrawals);
  await close;
  const listed = await database.owner<
    { id: bigint }[]
  >`select investor_id as id from applicants where offering_id = ${offering} order by 1`;
  expect(listed.map(({ id }) => id)).toEqual(people.filter((_, n) => !answers[n]?.ok));
  for (const answer of answers) expect(answer.ok || answer.code === 'order.closed').toBe(true);
});

const terms = { kind: 'BUY_UNITS', price: 101_234n, termsVersion: 1, locale: 'en', consent: true } as const;

test('the same subscription 50 times at once: one effect, 50 equal answers', async () => {
  await stopClock(database.owner, OPEN);
  const offeringId = await addOffering(database.owner, windowOf('BALLOT'));
  const [investorId = 0n] = await addInvestors(database.owner, 1);
  await fund(database.owner, [investorId], 'USD', 1_000n);
  const call = { ...terms, investorId, key: crypto.randomUUID(), offeringId, asked: 900n };
  const answers = await Promise.all(Array.from({ length: 50 }, () => placeSubscription(site, call)));
  expect(answers.filter((answer) => answer.ok && !answer.replayed)).toHaveLength(1);
  expect(
    new Set(answers.map((answer) => (answer.ok ? `${answer.number} ${answer.at.toISOString()}` : answer.code))).size,
  ).toBe(1);
});

test('a maximum that a person uses through several sessions', async () => {
  await stopClock(database.owner, OPEN);
  const offeringId = await addOffering(database.owner, windowOf('BALLOT', { maxUnits: 300n }));
  const [investorId = 0n] = await addInvestors(database.owner, 1);
  await fund(database.owner, [investorId], 'USD', 100_000n);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      placeSubscription(site, { ...terms, investorId, key: crypto.randomUUID(), offeringId, asked: 100n }),
    ),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
  expect(answers.filter((answer) => !answer.ok && answer.code === 'order.above-maximum')).toHaveLength(17);
});

test('killed after each step and resumed: byte for byte the same', async () => {
  const outcomes: string[] = [];
  let steps = 0;
  // 0: never interrupted. n: the backend dies in the n-th step, which is taken anew by another worker.
  for (let kill = 0; kill <= steps; kill += 1) {
    const fresh: TestDatabase = await createTestDatabase();
    const owner = connect(fresh.ownerUrl, { max: 2, name: 'test-owner' });
    const superuser = connect(fresh.superUrl, { max: 1, name: 'test-killer' });
    await setFund(owner);
    const { offering, secrets } = await filledWindow(owner, 'QUANTITY_CEILING');
    await closeWindow(owner, offering, SALT);
    for (const { reveal } of secrets) await reveal();
    await startAllotment(owner, offering, 6);
    let fence = await claimAllotment(owner, offering, 60);
    for (let step = 1; ; step += 1) {
      if (step === kill) {
        const worker = connect(fresh.appUrl, { max: 1, name: 'test-worker' });
        const [{ pid = 0 } = {}] = await worker<{ pid: number }[]>`select pg_backend_pid() as pid`;
        const begun = worker.begin(async (sql) => {
          await stepAllotment(sql as unknown as Sql, offering, fence ?? 0);
          await superuser`select pg_terminate_backend(${pid})`;
          await sql`select 1`;
        });
        await expect(begun).rejects.toThrow();
        await worker.end({ timeout: 1 });
        await owner`update allotment_runs set leased_until = clock_timestamp() where offering_id = ${offering}`;
        fence = await claimAllotment(owner, offering, 60);
      }
      const more = await stepAllotment(owner, offering, fence ?? 0);
      if (kill === 0) steps = step;
      if (!more) break;
    }
    outcomes.push(await traces(owner, offering));
    await Promise.all([owner.end(), superuser.end()]);
    await fresh.drop();
  }
  expect(steps).toBe(5);
  expect(outcomes).toHaveLength(steps + 1);
  expect(new Set(outcomes).size).toBe(1);
}, 180_000);
