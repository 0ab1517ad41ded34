/** What everybody may know of a window's draw and of its result. No row here says whose it is. */
import { sql } from 'drizzle-orm';
import type { FiguresJson, ResultHead, ResultRow } from '@/lib/domain/allotment/result-file';
import { COUNTRIES, type Country, type OfferingMethod, type OfferingState } from '@/lib/domain/states';
import type { Database } from '../client';
import { firstRow, rows } from './rows';

export type CommitmentView = {
  side: Country;
  /** Null where the side committed to nothing, or has not revealed. */
  commitment: string | null;
  committedAt: Date | null;
  secret: string | null;
  revealedAt: Date | null;
};

export type ResultView = {
  offeringId: number;
  slug: string;
  method: OfferingMethod;
  state: OfferingState;
  lotUnits: bigint;
  offeredUnits: bigint;
  upsizeUnits: bigint;
  /** One of each side, whether it has committed or not. */
  commitments: CommitmentView[];
  /** From the close on. */
  list: {
    sha256: string;
    applicants: number;
    units: bigint;
    listedAt: Date;
    revealBy: Date;
    beacon: string;
    pulseAt: Date;
  } | null;
  /** Once it is known who gets what. */
  outcome: {
    ruleVersion: number;
    seed: string;
    seedParts: SeedParts;
    figures: FiguresJson;
    allottedAt: Date;
  } | null;
};

type SeedParts = Pick<ResultHead['draw'], 'listSha256' | 'parts'> & { pulse: ResultHead['draw']['beacon'] };

type Row = Omit<ResultView, 'commitments' | 'list' | 'outcome'> & {
  sha256: string | null;
  applicants: number;
  units: bigint;
  listedAt: Date;
  revealBy: Date;
  beacon: string;
  pulseAt: Date;
  ruleVersion: number;
  seed: string | null;
  seedParts: SeedParts;
  figures: FiguresJson | null;
  startedAt: Date;
};

/** Null when there is no public offering of this slug. */
export async function getResult(db: Database, slug: string): Promise<ResultView | null> {
  const row = await firstRow<Row>(
    db,
    sql`
    select o.id as "offeringId", o.slug, o.method, o.state, o.lot_units as "lotUnits", o.size_units as "offeredUnits",
           o.upsize_units as "upsizeUnits",
           d.list_sha256 as sha256, d.applicants, d.applied_units as units, d.listed_at as "listedAt",
           d.reveal_deadline as "revealBy", d.beacon, d.pulse_at as "pulseAt",
           r.rule_version as "ruleVersion", r.seed, r.seed_parts as "seedParts", r.figures, r.started_at as "startedAt"
      from offerings o
      left join draws d on d.offering_id = o.id
      left join allotment_runs r on r.offering_id = o.id and r.purpose = 'ALLOT' and r.step <> 'ALLOT'
     where o.slug = ${slug} and o.state not in ('DRAFT', 'IN_APPROVAL')`,
  );
  if (!row) return null;
  const { offeringId, slug: named, method, state, lotUnits, offeredUnits, upsizeUnits } = row;
  const { sha256, applicants, units, listedAt, revealBy, beacon, pulseAt } = row;
  const { ruleVersion, seed, seedParts, figures, startedAt } = row;
  return {
    ...{ offeringId, slug: named, method, state, lotUnits, offeredUnits, upsizeUnits },
    commitments: await listCommitments(db, offeringId),
    list: sha256 === null ? null : { sha256, applicants, units, listedAt, revealBy, beacon, pulseAt },
    outcome:
      seed === null || figures === null ? null : { ruleVersion, seed, seedParts, figures, allottedAt: startedAt },
  };
}

async function listCommitments(db: Database, offeringId: number): Promise<CommitmentView[]> {
  const made = await rows<CommitmentView>(
    db,
    sql`
    select side, commitment_sha256 as commitment, committed_at as "committedAt", secret, revealed_at as "revealedAt"
      from draw_commitments where offering_id = ${offeringId}`,
  );
  const none = { commitment: null, committedAt: null, secret: null, revealedAt: null };
  return COUNTRIES.map((side) => made.find((one) => one.side === side) ?? { side, ...none });
}

/** One hash of all that came out; null while there is no result. Reads the whole list: keep what it answers. */
export async function getOutcomeSha256(db: Database, offeringId: number): Promise<string | null> {
  const row = await firstRow<{ sha256: string | null }>(db, sql`select published_outcome(${offeringId}) as sha256`);
  return row?.sha256 ?? null;
}

/** The applicants whose pseudonym begins with a byte from `from` to `to`, by pseudonym. */
export async function listResultRows(db: Database, offeringId: number, from: number, to: number): Promise<ResultRow[]> {
  const found = await rows<{ id: string; asked: bigint; allotted: bigint }>(
    db,
    sql`select id, asked, allotted from published_allotments(${offeringId}, ${from}, ${to})`,
  );
  return found.map(({ id, asked, allotted }) => [id, asked.toString(), allotted.toString()]);
}
