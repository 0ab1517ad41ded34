/** The draw and the allotment of a window as the desk sees them: what is public (db/queries/results.ts), and what leads to the signatures. */
import { sql } from 'drizzle-orm';
import type { FiguresJson } from '@/lib/domain/allotment/result-file';
import type { AllotmentStep } from '@/lib/domain/states';
import type { Database } from '../../client';
import { firstRow, rows } from '../rows';

/** The figures that are the same whoever wins. */
export type PreviewJson = Omit<FiguresJson, 'full' | 'part' | 'none' | 'sizes'> & {
  sizes: Pick<FiguresJson['sizes'][number], 'toUnits' | 'applicants' | 'askedUnits'>[];
};

/** The run of an offering; `chunks` are groups of people, of the step that is under way. */
export type AllotmentRun = {
  purpose: 'ALLOT' | 'REFUND';
  step: AllotmentStep;
  chunksDone: number;
  chunks: number;
  startedAt: Date;
  finishedAt: Date | null;
};

const runColumns = sql`r.purpose, r.step, r.chunks_done as "chunksDone", r.chunks, r.started_at as "startedAt", r.finished_at as "finishedAt"`;

export type OpenAllotment = { id: string; number: number };

/** Null to whoever is not of staff. The list has to stand. */
export async function previewAllotment(db: Database, offeringId: number): Promise<PreviewJson | null> {
  const row = await firstRow<{ preview: PreviewJson | null }>(
    db,
    sql`select case when is_staff() then preview_allotment(${offeringId}) end as preview`,
  );
  return row?.preview ?? null;
}

export const getAllotmentRun = (db: Database, offeringId: number): Promise<AllotmentRun | null> =>
  firstRow<AllotmentRun>(db, sql`select ${runColumns} from allotment_runs r where r.offering_id = ${offeringId}`);

/** The proposal to allot that waits for signatures. */
export const getOpenAllotment = (db: Database, slug: string): Promise<OpenAllotment | null> =>
  firstRow<OpenAllotment>(
    db,
    sql`select id, number from proposals where kind = 'ALLOTMENT' and state = 'OPEN' and subject = ${`offering:${slug}`}`,
  );

export type RunUnderWay = AllotmentRun & { slug: string; nameEn: string; nameJa: string };

/** Runs with steps left, the oldest first. */
export const listRunsUnderWay = (db: Database): Promise<RunUnderWay[]> =>
  rows<RunUnderWay>(
    db,
    sql`select ${runColumns}, o.slug, o.name_en as "nameEn", o.name_ja as "nameJa"
          from allotment_runs r join offerings o on o.id = r.offering_id where r.step <> 'DONE' order by r.started_at, o.id`,
  );
