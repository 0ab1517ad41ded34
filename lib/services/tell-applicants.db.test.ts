/** A new version of a window's prospectus (DOMAIN §5): who subscribed before is told once, in their language, and has two working days to withdraw. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { listDocumentNotices, tellApplicants } from '@/db/commands/document-notices';
import { withdrawSubscription } from '@/db/commands/subscriptions';
import { connect, type Sql } from '@/db/connect';
import { driverError } from '@/db/errors';
import { verifyInvariants } from '@/db/queries/verify';
import { type Council, setCouncil, sha256 } from '@/db/test-council';
import { testDatabase } from '@/db/test-hooks';
import { addInvestors, addOffering, fund, setFund } from '@/db/test-scene';
import { finishAllotment, startAllotment, stopClock, subscribe } from '@/db/test-window';
import { marketHolidays } from '@/lib/domain/calendar/dealing-days';
import { withdrawalDeadline } from '@/lib/domain/calendar/withdrawal';
import { COUNTRIES } from '@/lib/domain/states';
import { runDue } from '@/lib/jobs/run-due';
import { tellApplicants as tellAll } from './tell-applicants';

const database = testDatabase();
let site: Sql;
let council: Council;
let made = 0;
/** Wednesday noon in Tokyo; the Monday after is a Japanese holiday, the Thursday an American one. */
const NOW = new Date('2026-11-18T03:00:00Z');
const CLOSES = new Date('2026-11-19T06:00:00Z');
/** Friday is over in Tokyo. */
const UNTIL = new Date('2026-11-20T15:00:00Z');

beforeAll(async () => {
  await setFund(database.owner);
  await database.owner`select setval(pg_get_serial_sequence('document_versions', 'id'), 1)`;
  for (const country of COUNTRIES)
    for (const year of [2025, 2026, 2027])
      for (const { day } of marketHolidays(country, year))
        await database.owner`insert into market_holidays (country, day) values (${country}, ${day}) on conflict do nothing`;
  site = connect(database.appUrl, { max: 12, name: 'test-notices' });
  council = await setCouncil(database.owner, site);
});
beforeEach(() => stopClock(database.owner, NOW));
afterAll(async () => {
  const findings = await database.owner.begin((sql) => verifyInvariants(sql));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
  await site.end({ timeout: 5 });
});

type Window = { id: number; slug: string; document: string; version: number; investors: bigint[] };

/** A Japanese window with a prospectus of its own that closes tomorrow afternoon, and so many people, every other of whom reads Japanese. */
async function openWindow(people: number): Promise<Window> {
  made += 1;
  const document = `prospectus-${made}`;
  const id = await addOffering(database.owner, {
    country: 'JP',
    method: 'BALLOT',
    sizeUnits: 50_000n,
    lotUnits: 10_000n,
    minUnits: 10_000n,
    closesAt: CLOSES,
  });
  const [{ slug = '' } = {}] = await database.owner<{ slug: string }[]>`
    with version as (
      insert into document_versions (fund_id, kind, slug, version, published_at) values (1, 'PROSPECTUS', ${document}, 1, '2026-01-01') returning id
    ), texts as (
      insert into document_texts (document_version_id, locale, title, body, sha256)
      select version.id, t.locale, t.title, t.body, t.sha256 from version, document_texts t where t.document_version_id = 1
    )
    update offerings set prospectus_id = version.id from version where offerings.id = ${id} returning slug`;
  const investors = await addInvestors(database.owner, people, { country: 'JP' });
  const half = investors.filter((_, n) => n % 2 === 1).map(String);
  await database.owner`update users set locale = 'ja' where id = any (${half}::bigint[])`;
  await fund(database.owner, investors, 'JPY', 100_000n);
  await open(id, investors);
  return { id, slug, document, version: 1, investors };
}

/** They open the offering's newest prospectus. */
const open = (offering: number, investors: readonly bigint[]) => database.owner`
  insert into consents (investor_id, document_version_id, act, locale, sha256)
  select i::bigint, t.document_version_id, 'OPENED', t.locale, t.sha256
    from unnest(${investors.map(String)}::text[]) i
    join offerings o on o.id = ${offering}
    join document_texts t on t.locale = 'en' and t.document_version_id = o.prospectus_id
      on conflict do nothing`;

const propose = ({ document, version }: Window) => {
  const text = (locale: string) => {
    const body = `Text ${locale} ${version + 1}`;
    return { title: 'Prospectus', body, sha256: sha256(body) };
  };
  const payload = { slug: document, kind: 'PROSPECTUS', version: String(version + 1), en: text('en'), ja: text('ja') };
  return council.propose(council.manager, 'DOCUMENT_VERSION', payload);
};

async function publish(window: Window) {
  const proposal = await propose(window);
  expect(await council.sign(council.us, proposal)).toMatchObject({ ok: true });
  expect(await council.sign(council.jp, proposal)).toMatchObject({ ok: true, state: 'EXECUTED' });
  window.version += 1;
}

const isListed = async (id: number) =>
  (await database.owner`select 1 from draws where offering_id = ${id}`).length === 1;
const mailsTo = (investors: readonly bigint[]) => database.owner<
  { id: bigint; locale: string; subject: string; body: string }[]
>`
  select user_id as id, locale, subject, body from mails
   where user_id = any (${investors.map(String)}::bigint[]) and kind = 'document-changed' order by user_id, mails.id`;
const withdraw = (investorId: bigint, subscription: string) =>
  withdrawSubscription(site, { investorId, key: crypto.randomUUID(), subscription });
const texts = (['en', 'ja'] as const).map((locale) => ({
  locale,
  subject: `Subject ${locale}`,
  body: `Body ${locale}`,
}));

test('whoever subscribed before is told once, in their language; whoever withdrew or came later is not', async () => {
  const window = await openWindow(5);
  const { id, slug, investors } = window;
  const [english = 0n, japanese = 0n, withdrew = 0n, later = 0n, renewed = 0n] = investors;
  await subscribe(site, english, id, 10_000n);
  await subscribe(site, english, id, 20_000n);
  await subscribe(site, japanese, id, 10_000n);
  await withdraw(withdrew, await subscribe(site, withdrew, id, 10_000n));
  await withdraw(renewed, await subscribe(site, renewed, id, 10_000n));
  await publish(window);
  // The signature alone writes to nobody.
  expect(await mailsTo(investors)).toHaveLength(0);
  await expect(subscribe(site, later, id, 10_000n)).rejects.toThrow('order.prospectus-not-opened');
  await open(id, [later, renewed]);
  // At the very instant of the publication.
  await subscribe(site, later, id, 10_000n);
  await subscribe(site, renewed, id, 10_000n);
  expect((await runDue()).told).toBe(2);
  expect((await runDue()).told).toBe(0);
  const mails = await mailsTo(investors);
  expect(mails.map((mail) => [mail.id, mail.locale])).toEqual([
    [english, 'en'],
    [japanese, 'ja'],
  ]);
  expect(mails[0]?.body).toContain(`/en/subscriptions/${slug}`);
  for (const text of [
    `/ja/subscriptions/${slug}`,
    `/ja/documents/${window.document}/2`,
    '2026年11月21日 00:00（日本時間）',
  ])
    expect(mails[1]?.body).toContain(text);
  const [offering] = await database.owner`select withdraw_until, terms_version from offerings where id = ${id}`;
  expect(offering).toEqual({ withdraw_until: UNTIL, terms_version: 2 });
});

test('they may withdraw after the close and until the deadline, and nothing is listed or drawn before it', async () => {
  const window = await openWindow(3);
  const { id, investors } = window;
  const [first = 0n, second = 0n, third = 0n] = investors;
  const keys = [
    await subscribe(site, first, id, 10_000n),
    await subscribe(site, second, id, 10_000n),
    await subscribe(site, third, id, 10_000n),
  ] as const;
  await publish(window);
  await stopClock(database.owner, CLOSES);
  expect((await runDue()).told).toBe(3);
  await stopClock(database.owner, new Date(UNTIL.getTime() - 1));
  await runDue();
  expect(await isListed(id)).toBe(false);
  await open(id, [first]);
  await expect(subscribe(site, first, id, 10_000n)).rejects.toThrow('order.closed');
  expect(await withdraw(first, keys[0])).toMatchObject({ ok: true });
  await stopClock(database.owner, UNTIL);
  expect(await withdraw(second, keys[1])).toMatchObject({ ok: false, code: 'order.closed' });
  await runDue();
  expect(await isListed(id)).toBe(true);
  const [draw] = await database.owner`select applicants, reveal_deadline from draws where offering_id = ${id}`;
  expect(draw).toEqual({ applicants: 2, reveal_deadline: new Date(UNTIL.getTime() + 86_400_000) });
  await startAllotment(database.owner, id);
  await finishAllotment(site, id);
  const cash = await database.owner`select available, reserved from wallets where investor_id = ${first}`;
  expect([...cash]).toEqual([{ available: 100_000n, reserved: 0n }]);
  // Once the list stands a newer version changes nothing for it.
  const before = await database.owner`select prospectus_id, withdraw_until from offerings where id = ${id}`;
  await publish(window);
  expect(await database.owner`select prospectus_id, withdraw_until from offerings where id = ${id}`).toEqual(before);
});

test('a version in the days after the close counts anew; the day for the secrets moves with it', async () => {
  const window = await openWindow(1);
  const { id, investors } = window;
  await database.owner`update offerings set reveal_deadline = ${new Date(CLOSES.getTime() + 3_600_000)} where id = ${id}`;
  await subscribe(site, investors[0] ?? 0n, id, 10_000n);
  await publish(window);
  await stopClock(database.owner, new Date('2026-11-20T03:00:00Z'));
  expect((await runDue()).told).toBe(1);
  expect(await isListed(id)).toBe(false);
  await publish(window);
  // Past the weekend, Labour Thanksgiving Day, and then two days.
  const until = new Date('2026-11-25T15:00:00Z');
  await stopClock(database.owner, new Date(until.getTime() - 1));
  expect((await runDue()).told).toBe(1);
  expect(await isListed(id)).toBe(false);
  await stopClock(database.owner, until);
  await runDue();
  expect(await isListed(id)).toBe(true);
  const [draw] = await database.owner`select reveal_deadline from draws where offering_id = ${id}`;
  expect(draw?.reveal_deadline).toEqual(new Date(until.getTime() + 86_400_000));
});

test('no list is made before everybody has heard, however late the worker is', async () => {
  const window = await openWindow(2);
  const { id, investors } = window;
  for (const person of investors) await subscribe(site, person, id, 10_000n);
  await publish(window);
  await stopClock(database.owner, UNTIL);
  await database.owner`select advance_offerings()`;
  await database.owner`select list_closed_windows()`;
  expect(await isListed(id)).toBe(false);
  expect((await runDue()).told).toBe(2);
  expect(await isListed(id)).toBe(true);
});

test('killed in any chunk and resumed, two workers at once: everybody has one mail', async () => {
  const window = await openWindow(7);
  const { id, investors } = window;
  for (const person of investors) await subscribe(site, person, id, 10_000n);
  await publish(window);
  const [notice] = await listDocumentNotices(site);
  expect(notice?.offeringId).toBe(id);
  if (!notice) return;
  const killer = connect(database.superUrl, { max: 1, name: 'test-killer' });
  let written = 0;
  for (let finished = false; !finished; ) {
    const worker = connect(database.appUrl, { max: 1, name: 'test-worker' });
    const [{ pid = 0 } = {}] = await worker<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const begun = worker.begin(async (sql) => {
      await tellApplicants(sql as unknown as Sql, notice, 2, 'document-changed', texts);
      await killer`select pg_terminate_backend(${pid})`;
      await sql`select 1`;
    });
    expect(driverError(await begun.catch((error) => error))).toBeDefined();
    await worker.end({ timeout: 1 });
    expect(await mailsTo(investors)).toHaveLength(written);
    const chunks = await Promise.all([0, 1].map(() => tellApplicants(site, notice, 2, 'document-changed', texts)));
    written += chunks.reduce((sum, { told }) => sum + told, 0);
    finished = chunks.some((chunk) => chunk.finished);
  }
  await killer.end();
  const mails = await mailsTo(investors);
  expect(mails.map(({ id: reader, body }) => [reader, body])).toEqual(
    investors.map((person, n) => [person, n % 2 === 1 ? 'Body ja' : 'Body en']),
  );
  expect(await tellAll()).toBe(0);
});

test('a newer version takes the place of a notice that is under way', async () => {
  const window = await openWindow(3);
  const { id, investors } = window;
  for (const person of investors) await subscribe(site, person, id, 10_000n);
  await publish(window);
  const [notice] = await listDocumentNotices(site);
  if (notice) await tellApplicants(site, notice, 1, 'document-changed', texts);
  await publish(window);
  expect(await tellAll()).toBe(3);
  expect((await mailsTo(investors)).length).toBe(4);
  expect(await listDocumentNotices(site)).toEqual([]);
});

test('an offering that is called off has nothing to tell any more', async () => {
  const window = await openWindow(1);
  const { id, slug, investors } = window;
  for (const person of investors) await subscribe(site, person, id, 10_000n);
  await publish(window);
  const off = await council.propose(council.manager, 'OFFERING_CANCEL', {
    offering: slug,
    remark: 'By common decision.',
  });
  await council.sign(council.us, off);
  expect(await council.sign(council.jp, off)).toMatchObject({ ok: true, state: 'EXECUTED' });
  expect((await runDue()).told).toBe(0);
  expect(await listDocumentNotices(site)).toEqual([]);
});

test('subscriptions at the moment of the signature: each is told, or was made under the new version', async () => {
  const window = await openWindow(24);
  const { id, investors } = window;
  const proposal = await propose(window);
  await council.sign(council.us, proposal);
  const subscribed = (people: bigint[]) => people.map((person) => subscribe(site, person, id, 10_000n));
  const first = subscribed(investors.slice(0, 12));
  const signed = council.sign(council.jp, proposal);
  const outcomes = await Promise.allSettled([...first, ...subscribed(investors.slice(12))]);
  expect(await signed).toMatchObject({ ok: true, state: 'EXECUTED' });
  const before = investors.filter((_, n) => outcomes[n]?.status === 'fulfilled');
  expect(before.length).toBeLessThan(24);
  expect(await tellAll()).toBe(before.length);
  expect((await mailsTo(investors)).map((mail) => mail.id)).toEqual(before);
});

test('a table of holidays gives the deadline that the rules give', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.date({ min: new Date('2026-01-01'), max: new Date('2027-11-30'), noInvalidDate: true }),
      fc.constantFrom('Asia/Tokyo', 'America/New_York'),
      async (at, zone) => {
        const [row] = await database.owner`select withdrawal_deadline(${at}, ${zone}) as until`;
        expect(row?.until).toEqual(withdrawalDeadline(at, zone));
      },
    ),
    { numRuns: 200 },
  );
});

test('the site gives no notice by itself', async () => {
  await expect(site`select give_notice(1)`).rejects.toMatchObject({ code: '42501' });
  await expect(site`select 1 from document_notices`).rejects.toMatchObject({ code: '42501' });
});
