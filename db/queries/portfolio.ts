/** What the fund owns. No row here belongs to a person. */
import { sql } from 'drizzle-orm';
import type { Locale, ProjectSector } from '@/lib/domain/states';
import type { Database } from '../client';
import { rows } from './rows';

export type ProjectView = {
  slug: string;
  name: Record<Locale, string>;
  sector: ProjectSector;
  /** Postal code of the US state. */
  usState: string;
  /** US cents. */
  committedUsdMinor: bigint;
  paidUsdMinor: bigint;
};

/** The largest commitment first. */
export async function listProjects(db: Database): Promise<ProjectView[]> {
  type Row = Omit<ProjectView, 'name'> & { nameEn: string; nameJa: string };
  const found = await rows<Row>(
    db,
    sql`select slug, name_en as "nameEn", name_ja as "nameJa", sector, us_state as "usState",
               committed_usd_minor as "committedUsdMinor", paid_usd_minor as "paidUsdMinor"
          from projects where committed_on <= app_now()::date order by committed_usd_minor desc, id`,
  );
  return found.map(({ nameEn, nameJa, ...rest }) => ({ ...rest, name: { en: nameEn, ja: nameJa } }));
}
