/** Joint approval under attack (TRUST, "Operators") and under race, through the functions that the site calls, as the site's role. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Sql } from '../connect';
import { driverError } from '../errors';
import { verifyInvariants } from '../queries/verify';
import { type Council, freezing, refused, type Seat, setCouncil, sha256, written } from '../test-council';
import { testDatabase } from '../test-hooks';
import { addInvestors, addStaff, setFund } from '../test-scene';
import * as governance from './governance';

const database = testDatabase();
let site: Sql;
let council: Council;
let us: Seat;
let us2: Seat;
let jp: Seat;
let jp2: Seat;
let manager: Seat;
let auditor: Seat;
let support: Seat;

beforeAll(async () => {
  await setFund(database.owner);
  site = connect(database.appUrl, { max: 12, name: 'test-governance' });
  council = await setCouncil(database.owner, site);
  ({ us, us2, jp, jp2, manager, auditor, support } = council);
});
afterAll(async () => {
  const findings = await database.owner.begin((sql) => verifyInvariants(sql));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
  await site.end({ timeout: 5 });
});

const sign: Council['sign'] = (...args) => council.sign(...args);
const proposeBy: Council['propose'] = (...args) => council.propose(...args);
const frozen: Council['freeze'] = (...args) => council.freeze(...args);
const statusOf = async (investorId: bigint) =>
  (await database.owner<{ status: string }[]>`select status from investors where investor_id = ${investorId}`)[0]
    ?.status;

describe('two sides', () => {
  test('approve together, and the second one carries it out', async () => {
    const proposal = await frozen();
    expect(await sign(us2, proposal)).toMatchObject({ ok: true, state: 'OPEN' });
    expect(await statusOf(proposal.investorId)).toBe('ELIGIBLE');
    expect(await sign(jp, proposal)).toMatchObject({ ok: true, state: 'EXECUTED' });
    expect(await statusOf(proposal.investorId)).toBe('FROZEN');
    // The answer was lost: the same act again answers the same.
    expect(await sign(jp, proposal)).toMatchObject({ ok: true, replayed: true, state: 'EXECUTED' });
  });

  test('its own proposal is approved by no proposer', async () => {
    const proposal = await frozen();
    expect(await sign(us, proposal)).toMatchObject(refused('proposal.own-proposal'));
  });

  test('the same person with two accounts counts once', async () => {
    const twin = await addStaff(database.owner, { side: 'JP', personId: us2.personId });
    const ofTwin = await addStaff(database.owner, { side: 'US', personId: manager.personId });
    const proposal = await frozen(manager);
    expect(await sign(ofTwin, proposal)).toMatchObject(refused('proposal.own-proposal'));
    expect(await sign(us2, proposal)).toMatchObject({ ok: true, state: 'OPEN' });
    expect(await sign(twin, proposal)).toMatchObject(refused('proposal.same-person'));
    expect(await statusOf(proposal.investorId)).toBe('ELIGIBLE');
  });

  test('two signatures of one side are one too many', async () => {
    const proposal = await frozen(manager);
    expect(await sign(us, proposal)).toMatchObject({ ok: true });
    expect(await sign(us2, proposal)).toMatchObject(refused('proposal.side-signed'));
    expect(await statusOf(proposal.investorId)).toBe('ELIGIBLE');
  });

  test('a payload that is edited after a signature needs both anew', async () => {
    const proposal = await frozen();
    await sign(us2, proposal);
    const edited = written(freezing(proposal.investorId, 'Otherwise.'));
    expect(await governance.editProposal(site, us.sessionId, proposal.id, 1, edited)).toMatchObject({
      ok: true,
      revision: 2,
    });
    expect(await sign(jp, proposal)).toMatchObject(refused('proposal.revised'));
    expect(await sign(jp, proposal, 2)).toMatchObject(refused('proposal.hash-mismatch'));
    expect(await sign(jp, { ...proposal, ...edited }, 2)).toMatchObject({ ok: true, state: 'OPEN' });
    expect(await sign(us2, { ...proposal, ...edited }, 2)).toMatchObject({ ok: true, state: 'EXECUTED' });
  });

  test('somebody else’s proposal is neither edited nor withdrawn', async () => {
    const proposal = await frozen();
    const edited = written(freezing(proposal.investorId, 'Otherwise.'));
    expect(await governance.editProposal(site, us2.sessionId, proposal.id, 1, edited)).toMatchObject(
      refused('proposal.not-yours'),
    );
    expect(await governance.withdrawProposal(site, us2.sessionId, proposal.id)).toMatchObject(
      refused('proposal.not-yours'),
    );
  });

  test('one side’s rejection ends it, with a reason', async () => {
    const proposal = await frozen();
    await sign(us2, proposal);
    const reject = (by: Seat, reason: string) => governance.rejectProposal(site, by.sessionId, proposal.id, 1, reason);
    expect(await reject(jp, ' \n')).toMatchObject(refused('proposal.reason-missing'));
    expect(await reject(us, 'No.')).toMatchObject(refused('proposal.own-proposal'));
    expect(await reject(jp, 'The order names somebody else.')).toMatchObject({ ok: true, state: 'REJECTED' });
    expect(await sign(jp2, proposal)).toMatchObject(refused('proposal.not-open'));
    expect(await statusOf(proposal.investorId)).toBe('ELIGIBLE');
  });

  test('an expired proposal is not signed, with or without a job', async () => {
    const proposal = await frozen();
    await sign(us2, proposal);
    await database.owner`insert into clock (one, mode, shift) values (true, 'SHIFTED', '14 days')`;
    expect(await sign(jp, proposal)).toMatchObject(refused('proposal.expired'));
    const other = await frozen();
    await database.owner`update clock set shift = '28 days 1 minute'`;
    expect(await governance.expireProposals(site)).toBe(1);
    expect(await governance.expireProposals(site)).toBe(0);
    expect(await sign(jp, other)).toMatchObject(refused('proposal.expired'));
    await database.owner`delete from clock`;
  });
});

describe('roles', () => {
  test.each([
    ['the manager', () => manager],
    ['the auditor', () => auditor],
    ['support', () => support],
  ])('%s signs and rejects nothing', async (_, who) => {
    const proposal = await frozen();
    expect(await sign(who(), proposal)).toMatchObject(refused('proposal.not-allowed'));
    expect(await governance.rejectProposal(site, who().sessionId, proposal.id, 1, 'No.')).toMatchObject(
      refused('proposal.not-allowed'),
    );
  });

  test('the auditor and support propose nothing', async () => {
    const [investorId = 0n] = await addInvestors(database.owner, 1);
    for (const by of [auditor, support])
      expect((await proposeBy(by, 'INVESTOR_FREEZE', freezing(investorId))).answer).toMatchObject(
        refused('proposal.not-allowed'),
      );
  });

  test('a citizen, a session that has ended, and one that never was are nobody', async () => {
    const proposal = await frozen();
    const [citizen = 0n] = await addInvestors(database.owner, 1);
    const [own, over] = [randomUUID(), (await addStaff(database.owner)).sessionId];
    await database.owner`insert into sessions (id, user_id, role, user_agent) values (${own}, ${citizen}, 'CITIZEN', 'test')`;
    await database.owner`update sessions set ended_at = now() where id = ${over}`;
    for (const sessionId of [own, over, randomUUID()])
      expect(driverError(await sign({ ...us2, sessionId }, proposal).catch((error) => error))).toMatchObject({
        code: '42501',
      });
  });

  test('a second factor that was shown more than five minutes ago is asked for again, whatever the system’s clock says', async () => {
    const proposal = await frozen();
    const shown = (ago: string) =>
      database.owner`update sessions set second_factor_at = statement_timestamp() - ${ago}::interval where id = ${us2.sessionId}`;
    await database.owner`insert into clock (one, mode, at) values (true, 'FROZEN', now() - interval '10 minutes')`;
    await shown('5 minutes 1 second');
    expect(await sign(us2, proposal)).toMatchObject(refused('proposal.factor-stale'));
    await shown('4 minutes 50 seconds');
    expect(await sign(us2, proposal)).toMatchObject({ ok: true, state: 'OPEN' });
    // Said again it is the same signature, for which nothing has to be fresh.
    await shown('6 minutes');
    expect(await sign(us2, proposal)).toMatchObject({ ok: true, replayed: true });
    await database.owner`delete from clock`;
    await shown('0 minutes');
  });

  test('nobody raises their own role, under whichever of their accounts', async () => {
    const other = await addStaff(database.owner, { role: 'SUPPORT', personId: us.personId });
    const raise = { userId: String(other.userId), role: 'OPERATOR', side: 'JP', remark: 'Because.' };
    expect((await proposeBy(us, 'ROLE_CHANGE', raise)).answer).toMatchObject(refused('proposal.own-account'));
    expect(
      (await proposeBy(manager, 'ROLE_CHANGE', { ...raise, userId: String(manager.userId) })).answer,
    ).toMatchObject(refused('proposal.own-account'));
    const proposal = await proposeBy(manager, 'ROLE_CHANGE', raise);
    expect(await sign(us, proposal)).toMatchObject(refused('proposal.own-account'));
  });

  test('a role that changes in flight takes its sessions and its signatures with it', async () => {
    const mover = await addStaff(database.owner, { side: 'US' });
    const open = await frozen(manager);
    expect(await sign(mover, open)).toMatchObject({ ok: true, state: 'OPEN' });
    const move = await proposeBy(manager, 'ROLE_CHANGE', {
      userId: String(mover.userId),
      role: 'OPERATOR',
      side: 'JP',
      remark: 'Moves.',
    });
    await sign(us, move);
    expect(await sign(jp, move)).toMatchObject({ ok: true, state: 'EXECUTED' });
    // The old session is over; the signature that it gave for the US side is void.
    expect(driverError(await sign(mover, open, 2).catch((error) => error))).toMatchObject({ code: '42501' });
    expect(await sign(jp, open)).toMatchObject(refused('proposal.revised'));
    expect(await sign(jp, open, 2)).toMatchObject({ ok: true, state: 'OPEN' });
    expect(await statusOf(open.investorId)).toBe('ELIGIBLE');
    // Signed in again, for the other side, it cannot stand in for the first one.
    const session = randomUUID();
    await database.owner`insert into sessions select (jsonb_populate_record(x, jsonb_build_object('id', ${session}::text, 'ended_at', null))).*
      from sessions x where x.id = ${mover.sessionId}`;
    expect(await sign({ ...mover, sessionId: session }, open, 2)).toMatchObject(refused('proposal.side-signed'));
  });

  test('the last operator of a side stays', async () => {
    const moves = { userId: String(jp2.userId), role: 'AUDITOR', side: null, remark: 'Moves.' };
    const proposal = await proposeBy(manager, 'ROLE_CHANGE', moves);
    await sign(us, proposal);
    // Between the proposal and its last signature everybody else of the side goes.
    await database.owner`update users set role = 'SUPPORT', side = null where side = 'JP' and id not in (${jp2.userId}, ${jp.userId})`;
    await database.owner`update users set side = 'US' where id = ${jp.userId}`;
    const left = await proposeBy(us, 'ROLE_CHANGE', { ...moves, remark: 'Again.' });
    expect(left.answer).toMatchObject(refused('proposal.duplicate'));
    await governance.withdrawProposal(site, manager.sessionId, proposal.id);
    expect((await proposeBy(us, 'ROLE_CHANGE', moves)).answer).toMatchObject(refused('proposal.last-operator'));
    await database.owner`update users set side = 'JP' where id = ${jp.userId}`;
  });
});

describe('what is signed', () => {
  test('is what was hashed: another hash, a payload in another form, and a key used twice are refused', async () => {
    const [investorId = 0n] = await addInvestors(database.owner, 1);
    const good = written(freezing(investorId));
    const call = (payload: string, hash: string, id = randomUUID() as string) =>
      governance.propose(site, us.sessionId, id, 'INVESTOR_FREEZE', { payload, sha256: hash });
    expect(await call(good.payload, sha256('else'))).toMatchObject(refused('proposal.invalid'));
    const loose = ` ${good.payload}`;
    expect(await call(loose, sha256(loose))).toMatchObject(refused('proposal.invalid'));
    const id = randomUUID();
    expect(await call(good.payload, good.sha256, id)).toMatchObject({ ok: true, replayed: false });
    expect(await call(good.payload, good.sha256, id)).toMatchObject({ ok: true, replayed: true });
    const other = written(freezing(investorId, 'Else.'));
    expect(await call(other.payload, other.sha256, id)).toMatchObject(refused('proposal.key-reused'));
    expect(await call(other.payload, other.sha256)).toMatchObject(refused('proposal.duplicate'));
  });

  test('still fits when it is carried out; otherwise not even the signature is kept', async () => {
    const proposal = await frozen();
    await sign(us2, proposal);
    await database.owner`update investors set status = 'FROZEN' where investor_id = ${proposal.investorId}`;
    expect(await sign(jp, proposal)).toMatchObject(refused('proposal.already-frozen'));
    const signatures = await database.owner`select side from proposal_signatures where proposal_id = ${proposal.id}`;
    expect([...signatures]).toEqual([{ side: 'US' }]);
  });

  test('a kind that nothing carries out is not proposed', async () => {
    const [known] = await database.owner<[{ there: boolean }]>`
      select to_regprocedure('execute_allotment(jsonb, proposals)') is not null as there`;
    if (!known.there)
      expect((await proposeBy(us, 'ALLOTMENT', { offering: 'x', listSha256: sha256('x') })).answer).toMatchObject(
        refused('proposal.no-executor'),
      );
  });
});

describe('races', () => {
  test('both sides signing many times at once execute exactly once', async () => {
    const proposal = await frozen(manager);
    const answers = await Promise.all([us, jp, us, jp, us2, jp2, us, jp].map((by) => sign(by, proposal)));
    expect(answers.filter((answer) => answer.ok && answer.state === 'EXECUTED' && !answer.replayed)).toHaveLength(1);
    const rows =
      await database.owner`select 1 from operator_log where kind = 'EXECUTED' and subject = ${`proposal:${proposal.id}`}`;
    expect(rows).toHaveLength(1);
    expect(await statusOf(proposal.investorId)).toBe('FROZEN');
  });

  test('an edit against the last signature: either the old words are executed or the new ones wait', async () => {
    for (let round = 0; round < 6; round += 1) {
      const proposal = await frozen(us);
      await sign(us2, proposal);
      const edit = governance.editProposal(
        site,
        us.sessionId,
        proposal.id,
        1,
        written(freezing(proposal.investorId, `Round ${round}.`)),
      );
      const [signed, edited] = await Promise.all([sign(jp, proposal), edit]);
      expect([signed.ok, edited.ok].filter(Boolean)).toHaveLength(1);
      expect(await statusOf(proposal.investorId)).toBe(signed.ok ? 'FROZEN' : 'ELIGIBLE');
    }
  });

  test('two signers whose roles change each other meanwhile never wait for each other in a circle', async () => {
    const pair = [
      await addStaff(database.owner, { side: 'US' }),
      await addStaff(database.owner, { side: 'US' }),
    ] as const;
    const moves = await Promise.all(
      pair.map(({ userId }) =>
        proposeBy(manager, 'ROLE_CHANGE', { userId: String(userId), role: 'AUDITOR', side: null, remark: 'Moves.' }),
      ),
    );
    for (const move of moves) await sign(jp, move);
    const [first, second] = moves;
    if (!first || !second) throw new Error('Two moves were proposed.');
    const outcomes = await Promise.allSettled([sign(pair[0], second), sign(pair[1], first)]);
    // Whoever came second has no session any more.
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const lost = outcomes.find(({ status }) => status === 'rejected');
    expect(driverError((lost as PromiseRejectedResult).reason)).toMatchObject({ code: '42501' });
  });
});
