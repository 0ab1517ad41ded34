/** When continuous dealing of a class begins: by joint approval, on a dealing day that is still to come, and not moved once people may order for it. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { read } from '@/db/client';
import { placeDealingOrder } from '@/db/commands/dealing-orders';
import { connect, type Sql } from '@/db/connect';
import { listDecisions } from '@/db/queries/governance-public';
import { verifyInvariants } from '@/db/queries/verify';
import { type Council, setCouncil } from '@/db/test-council';
import { testDatabase } from '@/db/test-hooks';
import { PERSONAS } from '@/scripts/lib/personas.mjs';
import { payloadOfForm } from './payload-of-form';
import { propose } from './propose';
import { viewProposal } from './view-proposals';

const database = testDatabase('seeded');
let site: Sql;
let council: Council;

beforeAll(async () => {
  site = connect(database.appUrl, { max: 2, name: 'test-site' });
  council = await setCouncil(database.owner, site);
  return () => site.end({ timeout: 5 });
});

const at = (instant: string) => database.owner`update clock set mode = 'STEPPED', at = ${instant}::text::timestamptz`;
const starting = (dealingFrom: string, unitClass = 'JP') => ({
  class: unitClass,
  dealingFrom,
  remark: 'As announced.',
});
const start = (dealingFrom: string, unitClass?: string) =>
  council.propose(council.us, 'DEALING_START', starting(dealingFrom, unitClass));
const refused = (code: string) => ({ answer: { ok: false, code } });
const firstDay = async () =>
  (
    await database.owner<{ day: string | null }[]>`select dealing_from::text as day from unit_classes where code = 'JP'`
  )[0]?.day;

async function bothSign(proposal: { id: string; sha256: string }) {
  expect(await council.sign(council.us2, proposal)).toMatchObject({ ok: true, state: 'OPEN' });
  return council.sign(council.jp, proposal);
}

/** What stands against an order of the seeded citizen for a day; null where it is taken. */
async function orderFor(dealingDate: string): Promise<string | null> {
  const answer = await placeDealingOrder(site, {
    ...{ investorId: BigInt(PERSONAS.japanese.id), key: randomUUID(), classId: 2, kind: 'BUY_AMOUNT', asked: 5_000n },
    ...{ dealingDate, locale: 'ja', consent: true },
  });
  return answer.ok ? null : answer.code;
}

test('a day that cannot be the first is refused when it is proposed', async () => {
  // 15:00 in Tokyo has passed; the day after it is Thursday, and Monday is a holiday there.
  await at('2026-11-18T06:00:00Z');
  expect(await start('2026-11-18')).toMatchObject(refused('dealing.too-late'));
  expect(await start('2026-11-18', 'US')).toMatchObject({ answer: { ok: true } });
  for (const day of ['2026-11-21', '2026-11-23', '2026-11-26', '2999-01-04', '2026-11-31'])
    expect(await start(day)).toMatchObject(refused('dealing.no-dealing-day'));
  expect(await start('2026-11-20', 'FR')).toMatchObject(refused('dealing.no-such-class'));
});

test('the form names class and day, and both sides’ signatures open the class on it', async () => {
  const actor = { sessionId: council.manager.sessionId };
  const form = { unitClass: 'JP', dealingFrom: '2026-11-20', remark: 'As announced.' };
  const none = await payloadOfForm(actor, 'DEALING_START', { ...form, dealingFrom: '' });
  expect(none).toEqual({ ok: false, error: { code: 'form.required', field: 'dealingFrom' } });
  const payload = await payloadOfForm(actor, 'DEALING_START', form);
  expect(payload).toEqual({ ok: true, value: starting('2026-11-20') });
  const made = await propose(actor, { key: randomUUID(), kind: 'DEALING_START', payload: starting('2026-11-20') });
  if (!made.ok) throw new Error(made.error.code);
  const [row] = await database.owner<{ sha256: string }[]>`
    select sha256 from proposal_revisions where proposal_id = ${made.value.id}`;
  expect(await orderFor('2026-11-19')).toBe('order.dealing-not-open');
  expect(await bothSign({ id: made.value.id, sha256: row?.sha256 ?? '' })).toMatchObject({
    ok: true,
    state: 'EXECUTED',
  });
  expect(await firstDay()).toBe('2026-11-20');
  const reader = { ...council.us, role: 'OPERATOR', side: 'US', secondFactorAge: 1 } as const;
  expect(await viewProposal(reader, made.value.id)).toMatchObject({
    subject: 'dealing:JP',
    subjectName: { ja: '日本クラス' },
    from: { dealingFrom: null },
  });
  const [decision] = await read((db) => listDecisions(db, 1));
  expect(decision).toMatchObject({ kind: 'DEALING_START', subject: 'dealing:JP', before: { dealingFrom: null } });
});

test('the day is moved until orders are taken for it', async () => {
  expect(await start('2026-11-20')).toMatchObject(refused('proposal.unchanged'));
  expect(await orderFor('2026-11-19')).toBe('order.dealing-not-open');
  const moved = await start('2026-11-24');
  expect(await bothSign(moved)).toMatchObject({ ok: true, state: 'EXECUTED' });
  const late = await start('2026-11-25');
  expect(await council.sign(council.us2, late)).toMatchObject({ ok: true });
  // Between the two signatures the cut-off of Friday passes: Tuesday is the next dealing day, and orders come for it.
  await at('2026-11-20T06:00:00Z');
  expect(await orderFor('2026-11-24')).toBeNull();
  expect(await council.sign(council.jp, late)).toMatchObject({ ok: false, code: 'dealing.begun' });
  expect(await firstDay()).toBe('2026-11-24');
  const findings = await database.owner.begin((tx) => verifyInvariants(tx));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
});
