/** The record of joint approval: what nobody can write past it, the log that anybody can check, and what each kind does when it is carried out. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  contentText,
  GENESIS,
  isPrefix,
  type LogContent,
  type LogLink,
  verifyChain,
} from '@/lib/domain/governance/log';
import { connect, type Sql } from '../connect';
import { driverError } from '../errors';
import { verifyInvariants } from '../queries/verify';
import { type Council, refused, type Seat, setCouncil, sha256 } from '../test-council';
import { testDatabase } from '../test-hooks';
import { addOffering, setFund } from '../test-scene';
import * as governance from './governance';

const database = testDatabase();
let site: Sql;
let council: Council;
let us: Seat;
let us2: Seat;
let jp: Seat;
let manager: Seat;
let auditor: Seat;

beforeAll(async () => {
  await setFund(database.owner);
  site = connect(database.appUrl, { max: 12, name: 'test-record' });
  council = await setCouncil(database.owner, site);
  ({ us, us2, jp, manager, auditor } = council);
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

describe('the site’s role', () => {
  test.each([
    'proposals',
    'proposal_revisions',
    'proposal_signatures',
    'operator_log',
    'log_checkpoints',
    'covenant_limits',
  ])('changes nothing in %s by itself, and the owner rewrites no past', async (table) => {
    const [column] = await database.owner<[{ name: string }]>`
        select column_name as name from information_schema.columns where table_name = ${table} order by ordinal_position limit 1`;
    for (const statement of [
      `update ${table} set ${column.name} = ${column.name}`,
      `delete from ${table}`,
      `truncate ${table}`,
      `insert into ${table} default values`,
    ])
      expect(driverError(await site.unsafe(statement).catch((error) => error)), statement).toMatchObject({
        code: '42501',
      });
    if (table === 'covenant_limits') return;
    for (const statement of [`delete from ${table}`, `truncate ${table} cascade`])
      expect(driverError(await database.owner.unsafe(statement).catch((error) => error)), statement).toMatchObject({
        code: '23514',
      });
  });

  test.each([
    `log_act('SIGNED', 'proposal:x', 1, 'US')`,
    `execute_proposal(gen_random_uuid(), 1)`,
    `close_proposal(gen_random_uuid(), 'REJECTED', 1, 'US')`,
    `revise_proposal(gen_random_uuid(), '{}', 'EDITED', 1, 'US')`,
    `execute_role_change('{}', null)`,
    `execute_covenant('{}', null)`,
    `call_kind('execute', '{}', null)`,
    'lock_log()',
  ])('may not call %s', async (call) => {
    expect(driverError(await site.unsafe(`select ${call}`).catch((error) => error))).toMatchObject({ code: '42501' });
  });

  test('reads proposals only for a session of staff, and the public record names nobody', async () => {
    const proposal = await frozen();
    await sign(us2, proposal);
    await sign(jp, proposal);
    await frozen();
    expect([...(await site`select 1 from proposals`)]).toEqual([]);
    const asStaff = await site.begin(async (tx) => {
      await tx`select set_config('app.session_id', ${auditor.sessionId}, true)`;
      return tx`select 1 from proposals`;
    });
    expect(asStaff.length).toBeGreaterThan(0);
    const decided = await site`select * from public_decisions where kind = 'INVESTOR_FREEZE' and state = 'EXECUTED'`;
    expect(decided.length).toBeGreaterThan(0);
    for (const row of decided) expect(row).toMatchObject({ subject: null, payload: null, sha256: null, outcome: null });
    expect([...(await site`select 1 from public_decisions where state = 'OPEN'`)]).toEqual([]);
  });
});

describe('whoever writes', () => {
  test('nothing is executed without both sides, however it is written', async () => {
    const alone = await frozen();
    await sign(us2, alone);
    const execute = (tx: Sql, id: string) =>
      tx`update proposals set state = 'EXECUTED', closed_at = date_trunc('milliseconds', app_now()),
           closed_log = log_act('EXECUTED', ${`proposal:${id}`}, null, null) where id = ${id}`;
    const done = database.owner.begin((tx) => execute(tx as unknown as Sql, alone.id)).catch((error) => error);
    expect(driverError(await done)).toMatchObject({ code: '23514', constraint: 'proposals_jointly_approved' });
  });

  test('a signature of the proposer, over other words, or on a closed proposal is refused by the table', async () => {
    const proposal = await frozen();
    const insert = (by: Seat, hash: string) =>
      database.owner
        .begin(
          (tx) => tx`insert into proposal_signatures (proposal_id, revision, side, person_id, user_id, sha256, at, log)
          values (${proposal.id}, 1, 'US', ${by.personId}, ${by.userId}, ${hash}, now(), log_act('SIGNED', 'proposal:x', null, null))`,
        )
        .catch((error) => error);
    expect(driverError(await insert(us, proposal.sha256))).toMatchObject({
      constraint: 'proposal_signatures_fit',
    });
    expect(driverError(await insert(us2, sha256('else')))).toMatchObject({
      constraint: 'proposal_signatures_fit',
    });
    await governance.withdrawProposal(site, us.sessionId, proposal.id);
    expect(driverError(await insert(us2, proposal.sha256))).toMatchObject({
      constraint: 'proposal_signatures_fit',
    });
  });

  test.each([`state = 'OPEN', closed_at = null, closed_log = null`, `revision = revision + 1`, `kind = 'COVENANT'`])(
    'a proposal that has ended is not set %s',
    async (change) => {
      const proposal = await frozen();
      await governance.withdrawProposal(site, us.sessionId, proposal.id);
      const changed = database.owner
        .unsafe(`update proposals set ${change} where id = '${proposal.id}'`)
        .catch((error) => error);
      expect(driverError(await changed)).toMatchObject({ code: '23514' });
    },
  );

  test('an entry of the log that does not continue it is refused', async () => {
    const forged = database.owner`
      insert into operator_log select sequence + 1, previous_sha256, repeat('a', 64), kind, side, at, content_sha256, salt, actor, subject, payload
        from operator_log order by sequence desc limit 1`.catch((error) => error);
    expect(driverError(await forged)).toMatchObject({ constraint: 'operator_log_chain' });
  });
});

describe('the log', () => {
  const links = () =>
    site<(Omit<LogLink, never> & { sequence: bigint })[]>`
      select sequence, previous_sha256 as "previousSha256", sha256, kind, side, at, content_sha256 as "contentSha256" from public_log order by sequence`;

  test('is a chain that anybody can follow from the public columns, and the content that the staff see has the hash in it', async () => {
    const verdict = verifyChain([...(await links())], sha256);
    expect(verdict).toMatchObject({ ok: true });
    const contents = await database.owner<(LogContent & { hash: string })[]>`
      select salt::text, coalesce(actor::text, '') as actor, subject, payload, content_sha256 as hash from operator_log`;
    expect(contents.length).toBeGreaterThan(5);
    for (const content of contents) expect(sha256(contentText(content))).toBe(content.hash);
  });

  test('publishes its head once a day, each the beginning of the next', async () => {
    expect(await governance.publishCheckpoint(site)).toBe(1);
    expect(await governance.publishCheckpoint(site)).toBe(0);
    await frozen();
    expect(await governance.publishCheckpoint(site)).toBe(0);
    await database.owner`insert into clock (one, mode, shift) values (true, 'SHIFTED', '1 day 1 minute')`;
    expect(await governance.publishCheckpoint(site)).toBe(1);
    await database.owner`delete from clock`;
    const [first, second] = await site<
      { sequence: bigint; sha256: string }[]
    >`select sequence, sha256 from log_checkpoints order by sequence`;
    if (!first || !second) throw new Error('Two checkpoints were published.');
    const all = [...(await links())];
    const between = all.filter(({ sequence }) => sequence > first.sequence && sequence <= second.sequence);
    expect(isPrefix(first, between, second, sha256)).toBe(true);
    expect(isPrefix(GENESIS, all.slice(0, Number(first.sequence)), first, sha256)).toBe(true);
  });
});

describe('kinds', () => {
  test('a released account is what its facts say', async () => {
    const proposal = await frozen();
    await sign(us2, proposal);
    await sign(jp, proposal);
    await database.owner`update investors set suitability_expires_at = app_now() + interval '1 day' where investor_id = ${proposal.investorId}`;
    const release = await proposeBy(us, 'INVESTOR_UNFREEZE', {
      investorId: String(proposal.investorId),
      remark: 'The order was lifted.',
    });
    await sign(us2, release);
    expect(await sign(jp, release)).toMatchObject({ ok: true, state: 'EXECUTED' });
    expect(await statusOf(proposal.investorId)).toBe('ELIGIBLE');
    const again = await proposeBy(us, 'INVESTOR_UNFREEZE', {
      investorId: String(proposal.investorId),
      remark: 'Once more.',
    });
    expect(again.answer).toMatchObject(refused('proposal.not-frozen'));
  });

  const approve = async (proposal: { id: string; sha256: string }) => {
    await sign(us2, proposal);
    return sign(jp, proposal);
  };
  const terms = async (offering: number) => {
    const [row] = await database.owner<[{ slug: string; terms: Record<string, string> }]>`
      select slug, offering_terms(id) as terms from offerings where id = ${offering}`;
    return { offering: row.slug, terms: row.terms };
  };
  const stateOf = async (id: number) =>
    (await database.owner<{ state: string }[]>`select state from offerings where id = ${id}`)[0]?.state;

  test('an offering is approved as its draft stands, and a draft that changed is not', async () => {
    const id = await addOffering(database.owner, { state: 'DRAFT' });
    const first = await proposeBy(manager, 'OFFERING', await terms(id));
    expect(first.answer).toMatchObject({ ok: true });
    expect(await stateOf(id)).toBe('IN_APPROVAL');
    await governance.rejectProposal(site, jp.sessionId, first.id, 1, 'The price is too low.');
    expect(await stateOf(id)).toBe('DRAFT');

    const second = await proposeBy(manager, 'OFFERING', await terms(id));
    await database.owner`update offerings set price = price + 1 where id = ${id}`;
    await sign(us2, second);
    expect(await sign(jp, second)).toMatchObject(refused('proposal.draft-changed'));
    await database.owner`update offerings set price = price - 1 where id = ${id}`;
    expect(await sign(jp, second)).toMatchObject({ ok: true, state: 'EXECUTED' });
    expect(await stateOf(id)).toBe('APPROVED');

    const cancel = await proposeBy(us, 'OFFERING_CANCEL', {
      offering: (await terms(id)).offering,
      remark: 'The market moved.',
    });
    expect(await approve(cancel)).toMatchObject({ ok: true, state: 'EXECUTED' });
    expect(await stateOf(id)).toBe('CANCELLED');
  });

  test('a document appears in both languages at once, and offerings that are open refer to it', async () => {
    const id = await addOffering(database.owner, { state: 'OPEN' });
    await database.owner`select setval(pg_get_serial_sequence('document_versions', 'id'), 1)`;
    const text = (body: string) => ({ title: 'Prospectus', body, sha256: sha256(body) });
    const payload = { slug: 'prospectus', kind: 'PROSPECTUS', version: '2', en: text('Two.'), ja: text('第二版。') };
    const wrong = { ...payload, ja: { ...payload.ja, sha256: sha256('else') } };
    expect((await proposeBy(us, 'DOCUMENT_VERSION', wrong)).answer).toMatchObject(refused('proposal.invalid'));
    expect((await proposeBy(us, 'DOCUMENT_VERSION', { ...payload, version: '3' })).answer).toMatchObject(
      refused('proposal.version-taken'),
    );
    expect(await approve(await proposeBy(us, 'DOCUMENT_VERSION', payload))).toMatchObject({
      ok: true,
      state: 'EXECUTED',
    });
    const texts =
      await database.owner`select t.locale, t.body from document_texts t join offerings o on o.prospectus_id = t.document_version_id
      where o.id = ${id} order by t.locale`;
    expect([...texts]).toEqual([
      { locale: 'en', body: 'Two.' },
      { locale: 'ja', body: '第二版。' },
    ]);
  });

  test('the covenant refuses what breaks it, saying which limit and by how much, at proposing and again when it is carried out', async () => {
    await database.owner`insert into owner_commitments values (1, 'US_TREASURY', 9000), (1, 'CITIZENS', 1000)`;
    await database.owner`update funds set debt_usd_minor = 6000`;
    await database.owner`insert into covenant_limits (fund_id, name, value_e4) values (1, 'LEVERAGE', 10000), (1, 'RETAIL_SHARE', 500), (1, 'PERSON_CAP', 100000)`;
    const to = (limits: Record<string, string>) => ({ limits, remark: 'Less risk.' });
    expect((await proposeBy(us, 'COVENANT', to({ LEVERAGE: '5999' }))).answer).toEqual({
      ok: false,
      code: 'covenant.leverage',
      params: { limit: '5999', actual: '6000', by: '1' },
    });
    expect((await proposeBy(us, 'COVENANT', to({ LEVERAGE: '10000' }))).answer).toMatchObject(
      refused('proposal.unchanged'),
    );
    const proposal = await proposeBy(us, 'COVENANT', to({ LEVERAGE: '6000', RETAIL_SHARE: '1000' }));
    await sign(us2, proposal);
    await database.owner`update funds set debt_usd_minor = 6500`;
    expect(await sign(jp, proposal)).toEqual({
      ok: false,
      code: 'covenant.leverage',
      params: { limit: '6000', actual: '6500', by: '500' },
    });
    await database.owner`update funds set debt_usd_minor = 6000`;
    expect(await sign(jp, proposal)).toMatchObject({ ok: true, state: 'EXECUTED' });
    const limits =
      await database.owner`select name, value_e4 as value from covenant_limits where name <> 'PERSON_CAP' order by name`;
    expect([...limits]).toEqual([
      { name: 'LEVERAGE', value: 6000n },
      { name: 'RETAIL_SHARE', value: 1000n },
    ]);

    // An offering whose personal maximum is more than the cap.
    await database.owner`update offerings set state = 'CLOSED' where state in ('OPEN', 'APPROVED')`;
    await database.owner`update covenant_limits set value_e4 = 1000 where name = 'PERSON_CAP'`;
    const greedy = await addOffering(database.owner, { state: 'DRAFT', sizeUnits: 1_000n, maxUnits: 101n });
    expect((await proposeBy(us, 'OFFERING', await terms(greedy))).answer).toEqual({
      ok: false,
      code: 'covenant.person-cap',
      params: { limit: '1000', actual: '1010', by: '10' },
    });
    expect(await stateOf(greedy)).toBe('DRAFT');
  });
});
