/** What operators do with a window: commit and reveal for their side, start the run by two signatures, call the window off. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commitmentOf } from '@/lib/domain/allotment/seed';
import { connect, type Sql } from '../connect';
import { verifyInvariants } from '../queries/verify';
import { type Council, refused, setCouncil } from '../test-council';
import { testDatabase } from '../test-hooks';
import { addInvestors, addOffering, fund, setFund } from '../test-scene';
import { closeWindow, finishAllotment, stopClock, subscribe } from '../test-window';

const database = testDatabase();
let site: Sql;
let council: Council;
const CLOSES = new Date('2026-06-02T06:00:00Z');

beforeAll(async () => {
  await setFund(database.owner);
  site = connect(database.appUrl, { max: 4, name: 'test-council' });
  council = await setCouncil(database.owner, site);
});
afterAll(async () => {
  const findings = await database.owner.begin((sql) => verifyInvariants(sql));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
  await site.end({ timeout: 5 });
});

async function openWindow() {
  await stopClock(database.owner, new Date('2026-06-01T00:00:00Z'));
  const id = await addOffering(database.owner, { method: 'BALLOT', sizeUnits: 200n, lotUnits: 100n, closesAt: CLOSES });
  const [{ slug = '' } = {}] = await database.owner<{ slug: string }[]>`select slug from offerings where id = ${id}`;
  const people = await addInvestors(database.owner, 3);
  await fund(database.owner, people, 'USD', 10_000n);
  for (const person of people) await subscribe(site, person, id, 100n);
  return { id, slug, people };
}

const commit = async (sessionId: string, id: number, sha256: string) =>
  (await site`select commit_draw_secret(${sessionId}, ${id}, ${sha256}) as code`)[0]?.code;
const reveal = async (sessionId: string, id: number, secret: string) =>
  (await site`select reveal_draw_secret(${sessionId}, ${id}, ${secret}) as code`)[0]?.code;

test('each side commits for itself, and the run starts by two signatures over the list that stands', async () => {
  const { us, jp, jp2, auditor, manager } = council;
  const { id, slug, people } = await openWindow();
  const secret = '1f'.repeat(32);
  const own = commitmentOf(slug, 'US', secret);
  expect(await commit(us.sessionId, id, own)).toBe(null);
  expect(await commit(us.sessionId, id, own)).toBe(null);
  // Somebody else's commitment says nothing on the other side: it cannot be revealed there.
  expect(await commit(jp.sessionId, id, own)).toBe(null);
  await expect(commit(auditor.sessionId, id, own)).rejects.toMatchObject({ code: '42501' });
  await expect(commit(manager.sessionId, id, own)).rejects.toMatchObject({ code: '42501' });
  expect(await reveal(us.sessionId, id, secret)).toBe('draw.not-listed');

  const payload = async () => {
    const [draw] = await database.owner`select list_sha256 as list from draws where offering_id = ${id}`;
    return { offering: slug, listSha256: draw?.list ?? '0'.repeat(64) };
  };
  expect((await council.propose(us, 'ALLOTMENT', await payload())).answer).toMatchObject(
    refused('allotment.not-listed'),
  );
  await closeWindow(database.owner, id);
  expect(await commit(us.sessionId, id, own)).toBe(null);
  expect(await commit(jp2.sessionId, id, commitmentOf(slug, 'JP', secret))).toBe('draw.committed-already');
  expect(await reveal(us.sessionId, id, secret)).toBe(null);
  expect(await reveal(jp.sessionId, id, secret)).toBe('draw.wrong-secret');
  const other = { offering: slug, listSha256: 'e'.repeat(64) };
  expect((await council.propose(us, 'ALLOTMENT', other)).answer).toMatchObject(refused('allotment.other-list'));

  const proposal = await council.propose(manager, 'ALLOTMENT', await payload());
  expect(proposal.answer).toMatchObject({ ok: true });
  expect(await council.sign(us, proposal)).toMatchObject({ ok: true });
  expect(await council.sign(jp, proposal)).toMatchObject(refused('allotment.before-pulse'));
  const [draw] = await database.owner<{ pulse: Date }[]>`select pulse_at as pulse from draws where offering_id = ${id}`;
  await stopClock(database.owner, draw?.pulse ?? CLOSES);
  expect(await council.sign(jp, proposal)).toMatchObject({ ok: true, state: 'EXECUTED' });
  expect((await council.propose(us, 'ALLOTMENT', await payload())).answer).toMatchObject(
    refused('allotment.started-already'),
  );
  await finishAllotment(site, id);
  const [sum] =
    await database.owner`select sum(units)::bigint as units from holdings where investor_id = any (${people.map(String)}::bigint[])`;
  expect(sum?.units).toBe(200n);
  const log = await database.owner<{ kind: string; side: string }[]>`
    select kind, side from operator_log where subject = ${`offering:${slug}`} order by sequence`;
  expect([...log]).toEqual([
    { kind: 'DRAW_COMMITTED', side: 'US' },
    { kind: 'DRAW_COMMITTED', side: 'JP' },
    { kind: 'DRAW_REVEALED', side: 'US' },
  ]);
});

test('a window that is called off gives everybody their cash back', async () => {
  const { us, jp, manager } = council;
  const { id, slug, people } = await openWindow();
  const off = await council.propose(manager, 'OFFERING_CANCEL', { offering: slug, remark: 'By common decision.' });
  expect(await council.sign(us, off)).toMatchObject({ ok: true });
  expect(await council.sign(jp, off)).toMatchObject({ ok: true, state: 'EXECUTED' });
  await finishAllotment(site, id);
  const cash =
    await database.owner`select distinct available, reserved from wallets where investor_id = any (${people.map(String)}::bigint[])`;
  expect([...cash]).toEqual([{ available: 10_000n, reserved: 0n }]);
  const again = await council.propose(us, 'OFFERING_CANCEL', { offering: slug, remark: 'By common decision.' });
  expect(again.answer).toMatchObject(refused('proposal.wrong-state'));
});

test('the site starts no run and makes no list by itself', async () => {
  const { id } = await openWindow();
  for (const call of [
    `start_allotment(${id}, null, 10)`,
    `start_refund(${id}, null, 10)`,
    `list_applicants(${id}, null)`,
    `write_allotments(${id})`,
    `post_allotment_chunk(${id}, 0)`,
    `record_commitment('US', ${id}, '')`,
    `cancel_offering(${id}, null)`,
  ]) {
    await expect(site.unsafe(`select ${call}`), call).rejects.toMatchObject({ code: '42501' });
  }
  await expect(site`select salt from draws`).rejects.toMatchObject({ code: '42501' });
});
