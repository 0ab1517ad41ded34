/** Values of days as the desk shows them: every revision, with what it was made of. Visible inside `withStaff` alone. */
import { sql } from 'drizzle-orm';
import type { TableQuery } from '@/lib/domain/desk/table';
import type { Currency, HoldReason, ProjectSector, ValuationSource, ValuationState } from '@/lib/domain/states';
import type { Database } from '../../client';
import { firstRow, rows } from '../rows';
import { type Place, type Source, tableBatch, tablePage } from './table';

export const VALUATION_SORTS = ['day', 'assets'] as const;
export type ValuationSort = (typeof VALUATION_SORTS)[number];
export type ValuationQuery = TableQuery<ValuationSort, 'state'>;

export type ClassPrice = { code: string; currency: Currency; priceDecimals: number; price: bigint };

export type ValuationLine = {
  date: string;
  revision: number;
  state: ValuationState;
  reason: HoldReason | null;
  source: ValuationSource;
  /** US cents; null where there was nothing to value with. */
  netAssetsUsdMinor: bigint | null;
  classes: ClassPrice[];
};

const columns = sql`
  v.nav_date::text as date, v.revision, v.state, v.hold_reason as reason, v.source, v.net_assets_usd_minor as "netAssetsUsdMinor",
  (select coalesce(jsonb_agg(jsonb_build_object('code', u.code, 'currency', u.currency, 'priceDecimals', u.price_decimals, 'price', c.price::text)
                             order by u.id), '[]')
     from valuation_classes c join unit_classes u on u.id = c.class_id where c.valuation_id = v.id) as classes`;

type Texts = { classes: (Omit<ClassPrice, 'price'> & { price: string })[] };
const withPrices = <Row extends Texts>(row: Row) => ({
  ...row,
  classes: row.classes.map((line) => ({ ...line, price: BigInt(line.price) })),
});

function source({ filters: { state } }: ValuationQuery): Source<ValuationSort> {
  return {
    columns,
    from: sql`valuations v`,
    where: state ? sql`v.state = ${state}::valuation_state` : sql`true`,
    sorts: {
      day: { by: sql`v.nav_date::text`, type: 'text' },
      assets: { by: sql`coalesce(v.net_assets_usd_minor, 0)`, type: 'bigint' },
    },
    key: { by: sql`v.id`, type: 'bigint' },
  };
}

type RawLine = Omit<ValuationLine, 'classes'> & Texts;

/** Newest first unless it is sorted otherwise; one line a revision. */
export async function listValuations(db: Database, query: ValuationQuery) {
  const page = await tablePage<RawLine, ValuationSort>(db, source(query), query);
  return { ...page, rows: page.rows.map(withPrices) as ValuationLine[] };
}

export async function listValuationsAfter(db: Database, query: ValuationQuery, after: Place | null, limit: number) {
  const batch = await tableBatch<RawLine, ValuationSort>(db, source(query), query, after, limit);
  return { ...batch, rows: batch.rows.map(withPrices) as ValuationLine[] };
}

export type ClassFigures = ClassPrice & {
  nameEn: string;
  nameJa: string;
  unitDecimals: number;
  units: bigint;
  netAssetsMinor: bigint;
  modelPrice: bigint | null;
  previousPrice: bigint | null;
};

export type MarkLine = { slug: string; nameEn: string; nameJa: string; sector: ProjectSector; valueUsdMinor: bigint };

export type ValuationView = Omit<ValuationLine, 'classes'> & {
  id: bigint;
  model: string;
  ruleVersion: number;
  asOf: Date;
  jpyPerUsdE4: bigint | null;
  portfolioUsdMinor: bigint | null;
  cashUsdMinor: bigint | null;
  citizensUsdMinor: bigint | null;
  citizensJpyMinor: bigint | null;
  debtUsdMinor: bigint | null;
  feesUsdMinor: bigint | null;
  ownersUsdMinor: bigint | null;
  baseDate: string | null;
  struckAt: Date;
  checkedAt: Date | null;
  publishedAt: Date | null;
  proposalId: string | null;
  proposalNumber: number | null;
};

/** Every revision of a day, the newest first; none where the day has no value. */
export const listRevisions = (db: Database, date: string): Promise<ValuationView[]> =>
  rows<ValuationView>(
    db,
    sql`select v.id, v.nav_date::text as date, v.revision, v.state, v.hold_reason as reason, v.source, v.model, v.rule_version as "ruleVersion",
               v.as_of as "asOf", v.jpy_per_usd_e4 as "jpyPerUsdE4", v.portfolio_usd_minor as "portfolioUsdMinor", v.cash_usd_minor as "cashUsdMinor",
               v.citizens_usd_minor as "citizensUsdMinor", v.citizens_jpy_minor as "citizensJpyMinor", v.debt_usd_minor as "debtUsdMinor",
               v.fees_usd_minor as "feesUsdMinor", v.net_assets_usd_minor as "netAssetsUsdMinor", v.owners_usd_minor as "ownersUsdMinor",
               b.nav_date::text as "baseDate", v.struck_at as "struckAt", v.checked_at as "checkedAt", v.published_at as "publishedAt",
               v.proposal_id as "proposalId", p.number as "proposalNumber"
          from valuations v
          left join valuations b on b.id = v.base_id
          left join proposals p on p.id = v.proposal_id
         where v.nav_date::text = ${date} order by v.revision desc`,
  );

export const listClassFigures = (db: Database, valuationId: bigint): Promise<ClassFigures[]> =>
  rows<ClassFigures>(
    db,
    sql`select u.code, u.name_en as "nameEn", u.name_ja as "nameJa", u.currency, u.price_decimals as "priceDecimals", u.unit_decimals as "unitDecimals",
               c.units, c.net_assets_minor as "netAssetsMinor", c.price, c.model_price as "modelPrice", c.previous_price as "previousPrice"
          from valuation_classes c join unit_classes u on u.id = c.class_id where c.valuation_id = ${valuationId} order by u.id`,
  );

/** The largest first. */
export const listMarks = (db: Database, valuationId: bigint): Promise<MarkLine[]> =>
  rows<MarkLine>(
    db,
    sql`select p.slug, p.name_en as "nameEn", p.name_ja as "nameJa", p.sector, m.value_usd_minor as "valueUsdMinor"
          from valuation_marks m join projects p on p.id = m.project_id
         where m.valuation_id = ${valuationId} order by m.value_usd_minor desc, p.id`,
  );

/** What a proposal about a day says: the revision in force, or what it would be with other net assets. Null where there is nothing to say. */
export async function getValuationTerms(
  db: Database,
  date: string,
  netAssetsUsdMinor: bigint | null,
): Promise<Record<string, unknown> | null> {
  const row = await firstRow<{ terms: Record<string, unknown> | null }>(
    db,
    sql`select staff_valuation_terms(${date}, ${netAssetsUsdMinor}::bigint) as terms`,
  );
  return row?.terms ?? null;
}

/** The published books that a day's import continues, with the day's rate; null on a database without books. */
export function getImportBase(
  db: Database,
  date: string,
): Promise<{ baseId: bigint; baseDate: string; jpyPerUsdE4: bigint | null } | null> {
  return firstRow(
    db,
    sql`select v.id as "baseId", v.nav_date::text as "baseDate",
               (select f.jpy_per_usd_e4 from fx_rates f where f.rate_date::text = ${date} and f.published_at <= app_now()) as "jpyPerUsdE4"
          from valuations v where v.state = 'PUBLISHED' order by v.nav_date desc limit 1`,
  );
}
