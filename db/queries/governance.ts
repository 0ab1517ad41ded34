/** Proposals and the log as the staff see them. Empty outside `withStaff`. */
import { type SQL, sql } from 'drizzle-orm';
import type { Canonical } from '@/lib/domain/governance/canonical';
import type {
  Country,
  Locale,
  OfferingState,
  ProposalKind,
  ProposalState,
  RevisionReason,
  Role,
} from '@/lib/domain/states';
import type { Database } from '../client';
import { firstRow, rows } from './rows';
import { type SubjectName, subjectName } from './subject-name';

export type ProposalLine = {
  id: string;
  number: number;
  kind: ProposalKind;
  state: ProposalState;
  revision: number;
  subject: string;
  /** Of the offering, class or document that it is about. */
  subjectName: SubjectName;
  proposer: bigint;
  proposerName: string;
  /** Null for the manager. */
  proposerSide: Country | null;
  createdAt: Date;
  expiresAt: Date;
  closedAt: Date | null;
  /** Which sides have signed the current revision. */
  signedUs: boolean;
  signedJp: boolean;
};

const line = sql`
  p.id::text, p.number, p.kind, p.state, p.revision, p.subject, ${subjectName(sql`p.subject`)} as "subjectName", p.proposer, w.display_name as "proposerName",
  p.proposer_side as "proposerSide", p.created_at as "createdAt", p.expires_at as "expiresAt", p.closed_at as "closedAt",
  exists (select 1 from proposal_signatures s where s.proposal_id = p.id and s.revision = p.revision and s.side = 'US') as "signedUs",
  exists (select 1 from proposal_signatures s where s.proposal_id = p.id and s.revision = p.revision and s.side = 'JP') as "signedJp"`;

/** What waits for a side's signature, for the proposer's other side, or in a state; the newest first. */
export type ProposalFilter = { state: ProposalState | null; waitsFor: Country | null };

const PAGE = 50;

export async function listProposals(
  db: Database,
  { state, waitsFor }: ProposalFilter,
  page: number,
): Promise<{ rows: ProposalLine[]; more: boolean }> {
  const conditions: SQL[] = [
    ...(state ? [sql`p.state = ${state}::proposal_state`] : []),
    ...(waitsFor
      ? [
          sql`p.state = 'OPEN' and p.expires_at > app_now()
              and not exists (select 1 from proposal_signatures s where s.proposal_id = p.id and s.revision = p.revision and s.side = ${waitsFor}::country)`,
        ]
      : []),
    sql`true`,
  ];
  const found = await rows<ProposalLine>(
    db,
    sql`select ${line} from proposals p join staff w on w.user_id = p.proposer where ${sql.join(conditions, sql` and `)}
         order by p.number desc limit ${PAGE + 1} offset ${(page - 1) * PAGE}`,
  );
  return { rows: found.slice(0, PAGE), more: found.length > PAGE };
}

export type ProposalRevision = {
  revision: number;
  payload: string;
  sha256: string;
  reason: RevisionReason;
  at: Date;
  log: bigint;
};

export type ProposalSignature = {
  revision: number;
  side: Country;
  name: string;
  userId: bigint;
  personId: string;
  sha256: string;
  at: Date;
  log: bigint;
};

export type ProposalView = ProposalLine & {
  proposerPerson: string;
  concernsUserId: bigint | null;
  /** Whose account that is; null for a citizen's. */
  concernsPerson: string | null;
  closedBy: bigint | null;
  closedReason: string | null;
  closedByName: string | null;
  closedBySide: Country | null;
  closedLog: bigint | null;
  /** What execution found before it changed it. */
  before: Canonical | null;
  /** Newest last. */
  revisions: ProposalRevision[];
  signatures: ProposalSignature[];
  /** When this was read, by the system's clock. */
  readAt: Date;
};

export async function getProposal(db: Database, id: string): Promise<ProposalView | null> {
  type Row = Omit<ProposalView, 'revisions' | 'signatures'>;
  const [found, revisions, signatures] = await Promise.all([
    firstRow<Row>(
      db,
      sql`select ${line}, p.proposer_person::text as "proposerPerson", p.concerns_user_id as "concernsUserId",
                 (select x.person_id::text from staff x where x.user_id = p.concerns_user_id) as "concernsPerson",
                 p.closed_by as "closedBy", p.closed_reason as "closedReason", c.display_name as "closedByName",
                 l.side as "closedBySide", p.closed_log as "closedLog", p.outcome -> 'before' as before, app_now() as "readAt"
            from proposals p
            join staff w on w.user_id = p.proposer
            left join staff c on c.user_id = p.closed_by
            left join operator_log l on l.sequence = p.closed_log
           where p.id = ${id}::uuid`,
    ),
    rows<ProposalRevision>(
      db,
      sql`select revision, payload, sha256, reason, at, log from proposal_revisions where proposal_id = ${id}::uuid order by revision`,
    ),
    rows<ProposalSignature>(
      db,
      sql`select s.revision, s.side, w.display_name as name, s.user_id as "userId", s.person_id::text as "personId", s.sha256, s.at, s.log
            from proposal_signatures s join staff w on w.user_id = s.user_id
           where s.proposal_id = ${id}::uuid order by s.log`,
    ),
  ]);
  return found && { ...found, revisions, signatures };
}

/** The investor whom an executed freeze or release was about; null for any other proposal. */
export async function getConcernedInvestor(db: Database, id: string): Promise<bigint | null> {
  const found = await firstRow<{ investorId: bigint }>(
    db,
    sql`select concerns_user_id as "investorId" from proposals
         where id = ${id}::uuid and state = 'EXECUTED' and kind in ('INVESTOR_FREEZE', 'INVESTOR_UNFREEZE')`,
  );
  return found?.investorId ?? null;
}

export type LogLine = {
  sequence: bigint;
  kind: string;
  side: Country | null;
  actorName: string | null;
  at: Date;
  subject: string;
  payload: string;
  previousSha256: string;
  sha256: string;
  contentSha256: string;
  /** The number of the proposal that it is about, if it is about one. */
  proposalNumber: number | null;
  proposalId: string | null;
};

/** The newest first. `search` is a kind, a proposal's number, a hash's beginning, or a part of a subject. */
export async function listLog(
  db: Database,
  { search, page }: { search: string; page: number },
): Promise<{ rows: LogLine[]; more: boolean }> {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const number = /^[0-9]{1,9}$/.test(search) ? Number(search) : null;
  const found = await rows<LogLine>(
    db,
    sql`select l.sequence, l.kind, l.side, w.display_name as "actorName", l.at, l.subject, l.payload,
               l.previous_sha256 as "previousSha256", l.sha256, l.content_sha256 as "contentSha256", p.number as "proposalNumber",
               p.id::text as "proposalId"
          from operator_log l
          left join staff w on w.user_id = l.actor
          left join proposals p on l.subject = 'proposal:' || p.id
         where ${search === ''} or p.number = ${number}::int or (${number === null} and (l.kind ilike ${pattern} or l.subject ilike ${pattern}
            or l.sha256 like lower(${search}) || '%' or w.display_name ilike ${pattern} or p.kind::text ilike ${pattern}))
         order by l.sequence desc limit ${PAGE + 1} offset ${(page - 1) * PAGE}`,
  );
  return { rows: found.slice(0, PAGE), more: found.length > PAGE };
}

export type StaffMember = { userId: bigint; name: string; role: Role; side: Country | null };

/** Everybody of the staff, for a change of role. */
export const listStaff = (db: Database): Promise<StaffMember[]> =>
  rows<StaffMember>(
    db,
    sql`select w.user_id as "userId", w.display_name as name, a.role, a.side
          from staff w join staff_accounts a on a.user_id = w.user_id order by a.role, a.side, w.display_name`,
  );

/** What a draft's terms are, as a proposal of kind OFFERING says them; null where there is no draft of this name. */
export async function getDraftTerms(
  db: Database,
  slug: string,
): Promise<Record<string, string | boolean | null> | null> {
  const found = await firstRow<{ terms: Record<string, string | boolean | null> }>(
    db,
    sql`select offering_terms(id) as terms from offerings where slug = ${slug}`,
  );
  return found?.terms ?? null;
}

/** The human being behind an account of staff. */
export async function getPerson(db: Database, userId: bigint): Promise<string | null> {
  const found = await firstRow<{ id: string }>(
    db,
    sql`select person_id::text as id from staff where user_id = ${userId}`,
  );
  return found?.id ?? null;
}

/**
 * What a proposal would change, as it stands today: the same shape as execution writes down as `before` (db/functions/execute-*.sql).
 * Null where there is nothing of that kind.
 */
export async function getToday(
  db: Database,
  subject: string,
  kind: ProposalKind,
  payload: string | null = null,
): Promise<Canonical | null> {
  const name = subject.slice(subject.indexOf(':') + 1);
  const found = await firstRow<{ today: Canonical | null }>(
    db,
    kind === 'COVENANT'
      ? sql`select jsonb_build_object('limits', jsonb_object_agg(name, value_e4::text)) as today from covenant_limits`
      : kind === 'ROLE_CHANGE'
        ? sql`select jsonb_build_object('role', role, 'side', side) as today from staff_accounts where user_id = ${name}::bigint`
        : kind === 'DOCUMENT_VERSION'
          ? sql`select jsonb_build_object('version', d.version::text) || jsonb_object_agg(t.locale, jsonb_build_object('title', t.title, 'body', t.body)) as today
                  from document_versions d join document_texts t on t.document_version_id = d.id
                 where d.slug = ${name} and d.published_at <= app_now() group by d.id order by d.version desc limit 1`
          : kind === 'NAV_CORRECTION'
            ? sql`select staff_valuation_terms(${name})
                         || jsonb_build_object('redealing', staff_redealing(${name}, ${payload}::text::jsonb -> 'classes')) as today`
            : kind === 'NAV_PUBLICATION'
              ? sql`select staff_valuation_terms(${name}) as today`
              : kind === 'DEALING_START'
                ? sql`select jsonb_build_object('dealingFrom', dealing_from) as today from unit_classes where code = ${name}`
                : kind === 'HOLIDAY_CHANGE'
                  ? sql`select staff_holiday_effects(${payload}::text::jsonb) as today`
                  : kind === 'INVESTOR_FREEZE' || kind === 'INVESTOR_UNFREEZE'
                    ? sql`select jsonb_build_object('status', status, 'reason', status_reason) as today from investors where investor_id = ${name}::bigint`
                    : sql`select jsonb_build_object('state', state) as today from offerings where slug = ${name}`,
  );
  return found?.today ?? null;
}

/** What the table of holidays calls a day of a market; null where it has none, or the day is not one. */
export const getHolidayName = (db: Database, country: string, day: string): Promise<Record<Locale, string> | null> =>
  firstRow<Record<Locale, string>>(
    db,
    sql`select name_en as en, name_ja as ja from market_holidays where country::text = ${country} and day::text = ${day}`,
  );

export type ClassChoice = { code: string; nameEn: string; nameJa: string; dealingFrom: string | null };

export const listClasses = (db: Database): Promise<ClassChoice[]> =>
  rows<ClassChoice>(
    db,
    sql`select code, name_en as "nameEn", name_ja as "nameJa", dealing_from::text as "dealingFrom" from unit_classes order by id`,
  );

export type OfferingChoice = { slug: string; nameEn: string; nameJa: string; state: OfferingState };

/** Offerings in one of these states, by name. */
export const listOfferingsIn = (db: Database, states: readonly OfferingState[]): Promise<OfferingChoice[]> =>
  rows<OfferingChoice>(
    db,
    sql`select slug, name_en as "nameEn", name_ja as "nameJa", state from offerings
         where state::text in ${states} order by opens_at desc, slug`,
  );
