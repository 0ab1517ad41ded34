/** Joint approval in public: what was decided, the covenant with its live values, the head of the log. No row here names a person. */
import { sql } from 'drizzle-orm';
import type { Canonical } from '@/lib/domain/governance/canonical';
import type { Country, CovenantLimit, ProposalKind, ProposalState } from '@/lib/domain/states';
import type { Database } from '../client';
import { firstRow, rows } from './rows';
import { type SubjectName, subjectName } from './subject-name';

export type Decision = {
  number: number;
  kind: ProposalKind;
  state: ProposalState;
  createdAt: Date;
  closedAt: Date;
  /** Null for the manager. */
  proposerSide: Country | null;
  usSignedAt: Date | null;
  jpSignedAt: Date | null;
  /** Which side rejected or withdrew it. */
  closedSide: Country | null;
  logSequence: bigint;
  /** Null for what names people, and for what was not carried out. */
  payload: string | null;
  sha256: string | null;
  before: Canonical | null;
  /** What it is about, such as offering:general-us; null where the payload is. */
  subject: string | null;
  subjectName: SubjectName;
};

/** The newest first. */
export const listDecisions = (db: Database, limit: number): Promise<Decision[]> =>
  rows<Decision>(
    db,
    sql`select number, kind, state, created_at as "createdAt", closed_at as "closedAt", proposer_side as "proposerSide",
               us_signed_at as "usSignedAt", jp_signed_at as "jpSignedAt", closed_side as "closedSide", log_sequence as "logSequence",
               payload, sha256, outcome -> 'before' as before, subject, ${subjectName(sql`subject`)} as "subjectName"
          from public_decisions order by log_sequence desc limit ${limit}`,
  );

export type CovenantLine = { name: CovenantLimit; limitE4: bigint; actualE4: bigint; since: Date };

/** In the order of COVENANT_LIMITS. */
export const listCovenant = (db: Database): Promise<CovenantLine[]> =>
  rows<CovenantLine>(
    db,
    sql`select l.name, l.value_e4 as "limitE4", v.actual_e4 as "actualE4", l.since
          from covenant_limits l join covenant_values() v on v.name = l.name order by l.name`,
  );

export type LogHead = { sequence: bigint; sha256: string; at: Date };

export const getLogHead = (db: Database): Promise<LogHead | null> =>
  firstRow<LogHead>(db, sql`select sequence, sha256, at from public_log order by sequence desc limit 1`);

export type CheckpointLine = { sequence: bigint; sha256: string; publishedAt: Date };

export const listCheckpoints = (db: Database, limit: number): Promise<CheckpointLine[]> =>
  rows<CheckpointLine>(
    db,
    sql`select sequence, sha256, published_at as "publishedAt" from log_checkpoints order by sequence desc limit ${limit}`,
  );
