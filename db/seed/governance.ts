/**
 * Joint approval before the first day: the covenant's limits, the approval of each offering that is not a draft, one proposal that the other side
 * turned down, and one that waits for each side. Through the functions that the site calls, with the system's clock set to each day in turn, so that
 * the log is a chain like any other. The sessions that acted are gone afterwards. Only the salts of the log differ from one seeding to the next.
 */
import { createHash, randomUUID } from 'node:crypto';
import { type Canonical, canonicalJson } from '@/lib/domain/governance/canonical';
import type { ProposalKind } from '@/lib/domain/states';
import { PERSONAS, type PersonaName } from '@/scripts/lib/personas.mjs';
import { type ProposalAnswer, propose, publishCheckpoint, rejectProposal, signProposal } from '../commands/governance';
import type { Sql } from '../connect';
import type * as schema from '../schema';
import { FUND_ID } from './fund';
import { keyOf } from './keys';
import { daysBefore } from './people';

/** What the covenant's summary says (db/seed/documents/covenant). */
export const limitRows = (since: Date): (typeof schema.covenantLimits.$inferInsert)[] =>
  (
    [
      ['LEVERAGE', 10_000n],
      ['SECTOR_SHARE', 4_000n],
      ['STATE_SHARE', 2_500n],
      ['RETAIL_SHARE', 500n],
      ['PERSON_CAP', 2_000n],
      ['GATE', 1_000n],
      ['NAV_TOLERANCE', 100n],
      ['NAV_JUMP', 500n],
    ] as const
  ).map(([name, valueE4]) => ({ fundId: FUND_ID, name, valueE4, since }));

type Words = { kind: ProposalKind; payload: Canonical };

export class Minutes {
  private sessions = new Map<PersonaName, string>();

  constructor(
    private sql: Sql,
    private now: Date,
  ) {}

  async at(days: number): Promise<void> {
    await this
      .sql`update clock set mode = 'FROZEN', at = ${daysBefore(this.now, days).toISOString()}::text::timestamptz`;
  }

  async session(who: PersonaName): Promise<string> {
    const known = this.sessions.get(who);
    if (known) return known;
    const id = randomUUID();
    this.sessions.set(who, id);
    await this.sql`insert into sessions (id, user_id, role, user_agent, second_factor_at)
      select ${id}::text::uuid, id, role, 'seed', statement_timestamp() from users where id = ${PERSONAS[who].id}::bigint`;
    return id;
  }

  async propose(who: PersonaName, name: string, { kind, payload }: Words) {
    const text = canonicalJson(payload);
    const sha256 = createHash('sha256').update(text, 'utf8').digest('hex');
    const id = keyOf(`proposal ${name}`);
    told(await propose(this.sql, await this.session(who), id, kind, { payload: text, sha256 }));
    return { id, sha256 };
  }

  async sign(proposal: { id: string; sha256: string }, ...signers: PersonaName[]): Promise<void> {
    for (const who of signers)
      told(await signProposal(this.sql, await this.session(who), proposal.id, 1, proposal.sha256));
  }

  async reject(who: PersonaName, { id }: { id: string }, reason: string): Promise<void> {
    told(await rejectProposal(this.sql, await this.session(who), id, 1, reason));
  }

  async end(): Promise<void> {
    await this.sql`delete from sessions where user_agent = 'seed'`;
  }
}

function told(answer: ProposalAnswer): void {
  if (!answer.ok) throw new Error(`The demonstration’s proposal was refused: ${answer.code}.`);
}

/** The offerings have the state that they are to have; each is a draft for the moment of its approval. */
export async function playGovernance(sql: Sql, now: Date): Promise<void> {
  const minutes = new Minutes(sql, now);
  const [clock] = await sql<{ mode: string; at: Date | null }[]>`select mode, at from clock`;
  await approve(sql, minutes, 'founding', 130);
  await minutes.at(92);
  const leverage = await minutes.propose('manager', 'leverage', {
    kind: 'COVENANT',
    payload: { limits: { LEVERAGE: '15000' }, remark: 'Borrow more while rates are low.' },
  });
  await minutes.at(90);
  await minutes.reject('jpOperator', leverage, '金利が上がったときの負担が大きすぎます。');
  await publishCheckpoint(sql);
  await approve(sql, minutes, 'general', 28);
  await approve(sql, minutes, 'window2', 27);
  await publishCheckpoint(sql);
  await approve(sql, minutes, 'window1', 9);
  await approve(sql, minutes, 'anniversary', 6);

  await minutes.at(2);
  const cap = await minutes.propose('manager', 'cap', {
    kind: 'COVENANT',
    payload: { limits: { PERSON_CAP: '1000' }, remark: 'Let more people take part in each offering.' },
  });
  await minutes.at(1);
  await minutes.sign(cap, 'jpOperator2');
  await minutes.end();
  await sql`update clock set mode = ${clock?.mode ?? 'REAL'}::text::clock_mode, at = ${clock?.at?.toISOString() ?? null}::text::timestamptz`;
}

/** The newest that waits, after all that has been done (windows.ts): one side has signed. */
export async function playLastProposal(sql: Sql, now: Date): Promise<void> {
  const minutes = new Minutes(sql, now);
  await minutes.at(0.5);
  const freeze = await minutes.propose('usOperator', 'freeze', {
    kind: 'INVESTOR_FREEZE',
    payload: { investorId: '103', reason: 'own-request', remark: 'The holder lost the phone and asked us by letter.' },
  });
  await minutes.sign(freeze, 'usOperator2');
  await publishCheckpoint(sql);
  await minutes.end();
}

async function approve(sql: Sql, minutes: Minutes, round: string, days: number): Promise<void> {
  const offerings = await sql<{ id: number; slug: string; state: string }[]>`
    select id, slug, state from offerings where slug like ${`${round}-%`} order by id`;
  for (const { id, slug, state } of offerings) {
    await sql`update offerings set state = 'DRAFT' where id = ${id}`;
    const [row] = await sql<{ terms: Canonical }[]>`select offering_terms(${id}) as terms`;
    await minutes.at(days);
    const payload = { offering: slug, terms: row?.terms ?? null };
    const proposal = await minutes.propose('manager', slug, { kind: 'OFFERING', payload });
    await minutes.at(days - 1);
    await minutes.sign(proposal, 'usOperator', 'jpOperator');
    await sql`update offerings set state = ${state}::text::offering_state where id = ${id}`;
  }
}
