/** Joint approval in the database against the domain's reference model: random histories, canonical payloads, and the covenant's arithmetic agree. */
import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CovenantFigures, covenantBreach, covenantValues, type Limits } from '@/lib/domain/covenant/covenant';
import { type Canonical, canonicalJson } from '@/lib/domain/governance/canonical';
import type { Member } from '@/lib/domain/governance/decide';
import { type Act, type Answer, type Content, Council } from '@/lib/domain/governance/model';
import { COVENANT_LIMITS, type InvestorStatus } from '@/lib/domain/states';
import { connect, type Sql } from '../connect';
import { verifyInvariants } from '../queries/verify';
import { testDatabase } from '../test-hooks';
import { addInvestors, addStaff, setFund } from '../test-scene';
import * as governance from './governance';

const database = testDatabase();
let site: Sql;
const NOW = new Date('2026-06-01T00:00:00.000Z');
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

beforeAll(async () => {
  await setFund(database.owner);
  await database.owner`insert into clock (one, mode, at) values (true, 'FROZEN', ${NOW})`;
  site = connect(database.appUrl, { max: 2, name: 'test-histories' });
});
afterAll(() => site.end({ timeout: 5 }));

type Seat = { userId: bigint; sessionId: string };

/** Three operators a side, of whom one of each side is the same human being; the manager and the auditor. */
async function scene() {
  await database.owner`update clock set at = ${NOW}`;
  const twice = randomUUID();
  const staff = [
    await addStaff(database.owner, { side: 'US' }),
    await addStaff(database.owner, { side: 'US', personId: twice }),
    await addStaff(database.owner, { side: 'US' }),
    await addStaff(database.owner, { side: 'JP' }),
    await addStaff(database.owner, { side: 'JP', personId: twice }),
    await addStaff(database.owner, { side: 'JP' }),
    await addStaff(database.owner, { role: 'MANAGER' }),
    await addStaff(database.owner, { role: 'AUDITOR' }),
  ];
  const roles = ['US', 'US', 'US', 'JP', 'JP', 'JP', 'MANAGER', 'AUDITOR'] as const;
  const members = new Map<bigint, Member>(
    staff.map(({ userId, personId }, n) => {
      const said = roles[n] ?? 'AUDITOR';
      const operator = said === 'US' || said === 'JP';
      const role = operator ? 'OPERATOR' : said;
      return [userId, { userId, personId, role, side: operator ? said : null, factorFresh: true }];
    }),
  );
  const investors = await addInvestors(database.owner, 2);
  const statuses = new Map<bigint, InvestorStatus>(investors.map((id) => [id, 'ELIGIBLE']));
  const council = new Council(members, statuses, NOW, sha256);
  return { seats: staff.map(({ userId, sessionId }): Seat => ({ userId, sessionId })), investors, council };
}

const id = fc.nat({ max: 3 });
const who = fc.nat({ max: 7 });
const revision = fc.integer({ min: -1, max: 1 });
const content = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('INVESTOR_FREEZE' as const, 'INVESTOR_UNFREEZE' as const),
      investor: fc.nat({ max: 1 }),
      remark: fc.constantFrom('As ordered.', '裁判所の命令による。'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('ROLE_CHANGE' as const),
      // The manager and the auditor keep their roles, so that somebody can always propose.
      user: fc.nat({ max: 5 }),
      to: fc.constantFrom('US' as const, 'JP' as const, 'MANAGER' as const),
    }),
  },
);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('propose' as const), who: fc.oneof(who, fc.constant(6)), id, content }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('edit' as const),
      who,
      id,
      revision,
      remark: fc.constantFrom(null, 'Otherwise.', '別の理由による。'),
      content,
      byProposer: fc.boolean(),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({ type: fc.constant('sign' as const), who, id, revision, wrong: fc.nat({ max: 9 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('reject' as const),
      who,
      id,
      revision,
      reason: fc.constantFrom('No.', ' '),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('withdraw' as const), who, id, byProposer: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('tick' as const), days: fc.integer({ min: 1, max: 8 }) }) },
);

const written = ({ payload }: Content) => {
  const text = canonicalJson(payload);
  return { payload: text, sha256: sha256(text) };
};

async function run(act: Act, sessionId: string): Promise<Answer> {
  const answer = await (() => {
    switch (act.type) {
      case 'propose':
        return governance.propose(site, sessionId, act.id, act.content.kind, written(act.content));
      case 'edit':
        return governance.editProposal(site, sessionId, act.id, act.revision, written(act.content));
      case 'sign':
        return governance.signProposal(site, sessionId, act.id, act.revision, act.sha256);
      case 'reject':
        return governance.rejectProposal(site, sessionId, act.id, act.revision, act.reason);
      case 'withdraw':
        return governance.withdrawProposal(site, sessionId, act.id);
    }
  })();
  return answer.ok ? answer : { ok: false, code: answer.code };
}

/** A change of role ends all sessions: whoever goes on signs in again. */
async function seatOf(seat: Seat): Promise<string> {
  const [alive] = await database.owner`select 1 from sessions where id = ${seat.sessionId} and ended_at is null`;
  if (!alive) {
    seat.sessionId = randomUUID();
    await database.owner`insert into sessions select (jsonb_populate_record(x, jsonb_build_object('id', ${seat.sessionId}::text, 'role', u.role,
        'ended_at', null))).* from sessions x join users u on u.id = x.user_id where x.user_id = ${seat.userId} limit 1`;
  }
  return seat.sessionId;
}

test('the database answers as the domain does', async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 60 }), async (steps) => {
      const { seats, investors, council } = await scene();
      const [{ n: before }] = await database.owner<
        [{ n: number }]
      >`select coalesce(max(number), 0) as n from proposals`;
      const ids = Array.from({ length: 5 }, () => randomUUID());
      const contentOf = (c: typeof content extends fc.Arbitrary<infer T> ? T : never): Content => {
        if (c.kind === 'ROLE_CHANGE') {
          const userId = String(seats[c.user]?.userId);
          return c.to === 'MANAGER'
            ? { kind: c.kind, payload: { userId, role: 'MANAGER', side: null, remark: 'Moves on.' } }
            : { kind: c.kind, payload: { userId, role: 'OPERATOR', side: c.to, remark: 'Moves on.' } };
        }
        const investorId = String(investors[c.investor]);
        return c.kind === 'INVESTOR_FREEZE'
          ? { kind: c.kind, payload: { investorId, reason: 'court-order', remark: c.remark } }
          : { kind: c.kind, payload: { investorId, remark: c.remark } };
      };
      for (const s of steps) {
        if (s.type === 'tick') {
          council.now = new Date(council.now.getTime() + s.days * 86_400_000);
          await database.owner`update clock set at = ${council.now}`;
          continue;
        }
        const proposalId = ids[s.id] ?? '';
        const current = council.proposals.find((p) => p.id === proposalId);
        const byProposer = 'byProposer' in s && s.byProposer && current;
        const seat = byProposer ? seats.find(({ userId }) => userId === current.proposer.userId) : seats[s.who];
        if (!seat) continue;
        const by = seat.userId;
        // Mostly the revision that stands, now and then the one before or after.
        const at = 'revision' in s ? Math.max(1, (current?.revision ?? 1) + s.revision * Number(s.id % 3 === 0)) : 1;
        const act: Act =
          s.type === 'propose'
            ? { type: 'propose', by, id: proposalId, content: contentOf(s.content) }
            : s.type === 'edit'
              ? { type: 'edit', by, id: proposalId, revision: at, content: contentOf(s.content) }
              : s.type === 'sign'
                ? {
                    type: 'sign',
                    by,
                    id: proposalId,
                    revision: at,
                    sha256: s.wrong ? (current?.sha256 ?? '') : sha256('else'),
                  }
                : s.type === 'reject'
                  ? { type: 'reject', by, id: proposalId, revision: at, reason: s.reason }
                  : { type: 'withdraw', by, id: proposalId };
        // An edit keeps its kind: mostly other words, now and then about something else.
        if (act.type === 'edit' && current) {
          const { remark } = s as { remark: string | null };
          if (remark) act.content = { ...current.content, payload: { ...current.content.payload, remark } } as Content;
          if (current.content.kind !== act.content.kind) continue;
        }
        const sessionId = await seatOf(seat);
        const expected = council.apply(act);
        const answer = await run(act, sessionId);
        expect(answer.ok ? { ...answer, number: answer.number - before } : answer).toEqual(expected);
        const name = expected.ok ? `${act.type} ${expected.state}` : expected.code;
        seen.set(name, (seen.get(name) ?? 0) + 1);
      }
      for (const [investorId, status] of council.investors) {
        const [row] = await database.owner<{ frozen: boolean }[]>`
          select status = 'FROZEN' as frozen from investors where investor_id = ${investorId}`;
        expect(row?.frozen).toBe(status === 'FROZEN');
      }
      for (const { userId, role, side } of council.members.values()) {
        expect([...(await database.owner`select role, side from users where id = ${userId}`)]).toEqual([
          { role, side },
        ]);
      }
    }),
    { numRuns: 40, endOnFailure: true },
  );
  // Histories in which nothing happens would prove nothing.
  for (const name of ['sign OPEN', 'sign EXECUTED', 'edit OPEN', 'proposal.own-proposal', 'proposal.side-signed'])
    expect([...seen.keys()]).toContain(name);
  const findings = await database.owner.begin((sql) => verifyInvariants(sql));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
}, 180_000);

test('payloads are written the same way', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((s) => !s.includes('\0'));
  const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,5}$/).filter((k) => k !== '__proto__');
  const { value } = fc.letrec<{ value: Canonical }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    ),
  }));
  const values = fc.sample(value, 400);
  const rows = await database.owner<{ text: string }[]>`
    select canonical_json(v::jsonb) as text from unnest(${values.map((v) => JSON.stringify(v))}::text[]) with ordinality as t(v, n) order by n`;
  expect(rows.map((row) => row.text)).toEqual(values.map((v) => canonicalJson(v)));
});

test.each([
  ['{"a": "1"}', 'a space'],
  ['{"b":"1","a":"2"}', 'keys out of order'],
  ['{"a":1}', 'a bare number'],
  ['["a"]', 'no object'],
  ['{"a":', 'half a text'],
  [`{"a":"\\u0000"}`, 'a character that no text can hold'],
  ['{"userId":"one"}', 'an account that is no number'],
])('%s is no payload: %s', async (payload) => {
  const [row] = await database.owner`select read_payload(${payload}, ${sha256(payload)}) as read`;
  expect(row?.read).toBeNull();
});

test('the covenant is measured and held against its limits alike', async () => {
  const sum = fc.oneof(fc.constant(0n), fc.bigInt({ min: 10n ** 6n, max: 10n ** 15n }));
  const figures = fc.record({
    debtUsdMinor: sum,
    committedUsdMinor: sum,
    citizens: fc.bigInt({ min: 0n, max: 10_000n }),
    sectors: fc.array(sum, { maxLength: 5 }),
    states: fc.array(sum, { maxLength: 4 }),
    offerings: fc.array(
      fc.record({
        sizeUnits: fc.bigInt({ min: 1n, max: 10n ** 9n }),
        maxUnits: fc.bigInt({ min: 1n, max: 10n ** 9n }),
      }),
      { maxLength: 3 },
    ),
  });
  const limits = fc.record(
    Object.fromEntries(
      COVENANT_LIMITS.map((name) => [name, fc.oneof(fc.bigInt({ min: 0n, max: 100_000n }), fc.constant(10_000n))]),
    ),
  ) as fc.Arbitrary<Limits>;
  const undo = new Error('undo');
  await fc.assert(
    fc.asyncProperty(figures, limits, async ({ citizens, sectors, states, offerings, ...rest }, limit) => {
      const citizensUsdMinor = (rest.committedUsdMinor * citizens) / 10_000n;
      const SECTORS = ['COMPUTING', 'CHIPS', 'POWER', 'GRID', 'TRANSPORT'];
      const STATES = ['TX', 'VA', 'OH', 'AZ'];
      // Each sum is a project; by sector they add up in one way, by state in another.
      const projects = [
        ...sectors.map((amount, n) => ({ amount: amount + 1n, sector: SECTORS[n] ?? '', state: 'TX' })),
        ...states.map((amount, n) => ({ amount: amount + 1n, sector: 'GRID', state: STATES[n] ?? '' })),
      ];
      const by = (key: 'sector' | 'state') => {
        const sums = new Map<string, bigint>();
        for (const p of projects) sums.set(p[key], (sums.get(p[key]) ?? 0n) + p.amount);
        return [...sums.values()];
      };
      const facts: CovenantFigures = {
        ...rest,
        citizensUsdMinor,
        sectors: by('sector'),
        states: by('state'),
        offerings,
      };
      const rows: { name: keyof Limits; actual: bigint; refusal: unknown }[] = [];
      await database.owner
        .begin(async (sql) => {
          await sql`update funds set debt_usd_minor = ${facts.debtUsdMinor}`;
          await sql`insert into owner_commitments values (1, 'US_TREASURY', ${facts.committedUsdMinor - citizensUsdMinor}), (1, 'CITIZENS', ${citizensUsdMinor})`;
          for (const [n, p] of projects.entries())
            await sql`insert into projects (id, fund_id, slug, name_en, name_ja, sector, us_state, committed_usd_minor, paid_usd_minor, committed_on)
              values (${n}, 1, ${`p${n}`}, 'P', 'P', ${p.sector}, ${p.state}, ${p.amount}, 0, '2026-01-01')`;
          for (const [n, o] of offerings.entries())
            await sql`insert into offerings (slug, class_id, name_en, name_ja, method, state, price, size_units, lot_units, min_units, max_units, opens_at, closes_at, prospectus_id)
              values (${`o${n}`}, 1, 'O', 'O', 'FIRST_COME', 'APPROVED', 1, ${o.sizeUnits}, 1, 1, ${o.maxUnits}, '2026-01-01', '2027-01-01', 1)`;
          for (const name of COVENANT_LIMITS)
            await sql`insert into covenant_limits (fund_id, name, value_e4) values (1, ${name}, ${limit[name]})`;
          rows.push(
            ...(await sql<{ name: keyof Limits; actual: bigint; refusal: unknown }[]>`
              select name, actual_e4 as actual, covenant_breach() as refusal from covenant_values()`),
          );
          throw undo;
        })
        .catch((error) => {
          if (error !== undo) throw error;
        });
      const values = covenantValues(facts);
      expect(Object.fromEntries(rows.map(({ name, actual }) => [name, actual]))).toEqual(values);
      const breach = covenantBreach(values, limit);
      expect(rows[0]?.refusal).toEqual(
        breach && {
          code: `covenant.${breach.limit.toLowerCase().replace('_', '-')}`,
          params: { limit: String(breach.limitE4), actual: String(breach.actualE4), by: String(breach.byE4) },
        },
      );
    }),
    { numRuns: 60 },
  );
}, 60_000);
