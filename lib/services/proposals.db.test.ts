/** Proposals as the site makes, signs and ends them; the rules themselves are held in db/commands/governance*.db.test.ts. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { KIND_REFUSALS } from '@/db/commands/governance';
import { stopClock } from '@/db/test-clock';
import type { Seat } from '@/db/test-council';
import { testDatabase } from '@/db/test-hooks';
import { addInvestors, addStaff, setFund } from '@/db/test-scene';
import { LOCALES } from '@/lib/domain/states';
import { loadMessages } from '@/lib/i18n/messages';
import { runDue } from '@/lib/jobs/run-due';
import { editProposal } from './edit-proposal';
import { sha256Hex, write } from './proposal-result';
import { propose } from './propose';
import { rejectProposal } from './reject-proposal';
import { signProposal } from './sign-proposal';
import { viewLog } from './view-log';
import { viewProposal, viewProposals } from './view-proposals';
import { withdrawProposal } from './withdraw-proposal';

const database = testDatabase();
let us: Seat;
let us2: Seat;
let jp: Seat;
let investorId: bigint;

beforeAll(async () => {
  await setFund(database.owner);
  [us, us2] = [await addStaff(database.owner, { side: 'US' }), await addStaff(database.owner, { side: 'US' })];
  jp = await addStaff(database.owner, { side: 'JP' });
});

const freeze = async () => {
  [investorId = 0n] = await addInvestors(database.owner, 1);
  const payload = { investorId: String(investorId), reason: 'sanctions', remark: 'On the list of June 3.' };
  const made = await propose(us, { key: randomUUID(), kind: 'INVESTOR_FREEZE', payload });
  if (!made.ok) throw new Error(made.error.code);
  return { ...made.value, payload, sha256: write(payload).sha256 };
};
const standing = async () =>
  (
    await database.owner<{ status: string; reason: string }[]>`
    select status, status_reason as reason from investors where investor_id = ${investorId}`
  )[0];

describe('a proposal', () => {
  it('freezes and releases an account, which then is what its own facts say', async () => {
    const { id, sha256 } = await freeze();
    expect(await signProposal(us2, { id, revision: 1, sha256 })).toMatchObject({ ok: true, value: { state: 'OPEN' } });
    expect(await signProposal(jp, { id, revision: 1, sha256 })).toMatchObject({
      ok: true,
      value: { state: 'EXECUTED' },
    });
    expect(await standing()).toEqual({ status: 'FROZEN', reason: 'frozen' });

    const payload = { investorId: String(investorId), remark: 'Taken off the list.' };
    const release = await propose(us, { key: randomUUID(), kind: 'INVESTOR_UNFREEZE', payload });
    if (!release.ok) throw new Error(release.error.code);
    const seen = { id: release.value.id, revision: 1, sha256: write(payload).sha256 };
    await signProposal(us2, seen);
    expect(await signProposal(jp, seen)).toMatchObject({ ok: true, value: { state: 'EXECUTED' } });
    // Approved, and without answers on suitability: only the domain knows that those come next.
    expect(await standing()).toEqual({ status: 'PENDING', reason: 'suitability-missing' });
  });

  it('is refused where its payload is not one of its kind, before anything is asked', async () => {
    const input = { key: randomUUID(), kind: 'INVESTOR_FREEZE' as const };
    for (const payload of [null, {}, { investorId: '1', reason: 'whim', remark: 'x' }, { userId: '1' }])
      expect(await propose(us, { ...input, payload })).toMatchObject({
        ok: false,
        error: { code: 'proposal.invalid' },
      });
    expect(await propose(us, { ...input, key: '1', payload: {} })).toMatchObject({ ok: false });
  });

  it('is edited, rejected with a reason, or withdrawn', async () => {
    const first = await freeze();
    const payload = { ...first.payload, remark: 'On the list of June 4.' };
    const edit = { id: first.id, kind: 'INVESTOR_FREEZE' as const, revision: 1, payload };
    expect(await editProposal(us, edit)).toMatchObject({ ok: true, value: { revision: 2 } });
    const reject = (reason: string) => rejectProposal(jp, { id: first.id, revision: 2, reason });
    expect(await reject(' ')).toMatchObject({ ok: false, error: { code: 'proposal.reason-missing', field: 'reason' } });
    expect(await reject('あ'.repeat(501))).toMatchObject({ ok: false, error: { code: 'form.too-long' } });
    expect(await reject('別人です。')).toMatchObject({ ok: true, value: { state: 'REJECTED' } });
    const second = await freeze();
    expect(await withdrawProposal(us2, second)).toMatchObject({ ok: false, error: { code: 'proposal.not-yours' } });
    expect(await withdrawProposal(us, second)).toMatchObject({ ok: true, value: { state: 'WITHDRAWN' } });
    expect(await withdrawProposal(us, { id: 'none' })).toMatchObject({
      ok: false,
      error: { code: 'proposal.not-found' },
    });
  });

  it('is shown with what its reader may do, and found in the log by its number', async () => {
    const made = await freeze();
    const viewer = (seat: Seat, side: 'US' | 'JP') =>
      ({ ...seat, side, role: 'OPERATOR', secondFactorAge: 10 }) as const;
    const may = async (seat: Seat, side: 'US' | 'JP') => (await viewProposal(viewer(seat, side), made.id))?.may;
    expect(await may(us, 'US')).toEqual({ sign: false, stale: false, reject: false, edit: true, withdraw: true });
    expect(await may(jp, 'JP')).toEqual({ sign: true, stale: false, reject: true, edit: false, withdraw: false });
    await signProposal(jp, { id: made.id, revision: 1, sha256: made.sha256 });
    expect(await may(jp, 'JP')).toMatchObject({ sign: false, reject: true });
    expect((await viewProposals(viewer(us, 'US'), { state: null, waitsFor: 'JP', page: 1 })).rows).not.toContainEqual(
      expect.objectContaining({ id: made.id }),
    );
    const { rows } = await viewLog(viewer(us, 'US'), { search: String(made.number), page: 1 });
    expect(rows.map(({ kind, proposalNumber }) => [kind, proposalNumber])).toEqual([
      ['SIGNED', made.number],
      ['PROPOSED', made.number],
    ]);
    expect((await viewLog(viewer(us, 'US'), { search: 'no such thing', page: 1 })).rows).toEqual([]);
  });

  it('is nobody’s whose session has ended', async () => {
    const { id, sha256 } = await freeze();
    const gone = await addStaff(database.owner, { side: 'JP' });
    await database.owner`update sessions set ended_at = now() where id = ${gone.sessionId}`;
    expect(await signProposal(gone, { id, revision: 1, sha256 })).toMatchObject({
      ok: false,
      error: { code: 'proposal.session-over' },
    });
  });

  it('runs out by the job when its time is over', async () => {
    const { id, sha256 } = await freeze();
    await stopClock(database.owner, new Date(Date.now() + 15 * 86_400_000));
    expect((await runDue()).proposals).toBeGreaterThan(0);
    expect(await signProposal(jp, { id, revision: 1, sha256 })).toMatchObject({
      ok: false,
      error: { code: 'proposal.expired' },
    });
  });
});

it('every refusal of a kind has its words in both languages', async () => {
  for (const locale of LOCALES) {
    const { errors } = await loadMessages(locale);
    const words = errors as unknown as Record<string, Record<string, string>>;
    for (const code of KIND_REFUSALS) {
      const [group = '', name = ''] = code.split('.');
      expect(words[group]?.[name], code).toBeTruthy();
    }
  }
  expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});
