/** Offerings as staff see them, drafts too. Drafts are there inside `withStaff` alone. */
import { sql } from 'drizzle-orm';
import type { TableQuery } from '@/lib/domain/desk/table';
import type { Country, Currency, DocumentKind, OfferingMethod, OfferingState } from '@/lib/domain/states';
import type { Database } from '../../client';
import { firstRow, rows } from '../rows';
import { containing, type Place, type Source, tableBatch, tablePage } from './table';

export const OFFERING_SORTS = ['opens', 'slug', 'state', 'size'] as const;
export type OfferingSort = (typeof OFFERING_SORTS)[number];
export type OfferingQuery = TableQuery<OfferingSort, 'state' | 'class'>;

/** Units and prices are smallest parts of the class. */
export type OfferingLine = {
  id: number;
  slug: string;
  nameEn: string;
  nameJa: string;
  method: OfferingMethod;
  state: OfferingState;
  price: bigint;
  sizeUnits: bigint;
  lotUnits: bigint;
  minUnits: bigint;
  maxUnits: bigint;
  upsizeUnits: bigint;
  showDemand: boolean;
  /** Units in the hands of buyers; of a window, what its allotment gave. */
  soldUnits: bigint;
  /** What is asked for in a window by now; null where units are sold at once. */
  askedUnits: bigint | null;
  opensAt: Date;
  closesAt: Date;
  /** Null where the rule says when (db/functions/draws.sql). */
  revealBy: Date | null;
  termsVersion: number;
  prospectusId: number;
  prospectusSlug: string;
  prospectusVersion: number;
  classCode: string;
  country: Country;
  currency: Currency;
  unitDecimals: number;
  quoteUnits: bigint;
  priceDecimals: number;
  timeZone: string;
};

export const offeringColumns = sql`
  f.id, f.slug, f.name_en as "nameEn", f.name_ja as "nameJa", f.method, f.state, f.price, f.size_units as "sizeUnits",
  f.lot_units as "lotUnits", f.min_units as "minUnits", f.max_units as "maxUnits",
  f.upsize_units as "upsizeUnits", f.show_demand as "showDemand",
  case f.method when 'FIRST_COME'
    then coalesce((select f.size_units - sum(s.remaining) from offering_slots s where s.offering_id = f.id), 0)
    else coalesce((select r.allotted_units from allotment_runs r where r.offering_id = f.id), 0)
  end::bigint as "soldUnits",
  case when f.method <> 'FIRST_COME' then
    (select coalesce(sum(s.units), 0) from subscriptions s where s.offering_id = f.id and s.state = 'ACTIVE')::bigint
  end as "askedUnits",
  f.opens_at as "opensAt", f.closes_at as "closesAt", f.reveal_deadline as "revealBy", f.terms_version as "termsVersion", f.prospectus_id as "prospectusId",
  d.slug as "prospectusSlug", d.version as "prospectusVersion", c.code as "classCode", c.country, c.currency,
  c.unit_decimals as "unitDecimals", c.quote_units as "quoteUnits", c.price_decimals as "priceDecimals", c.time_zone as "timeZone"`;

export const offeringTables = sql`offerings f
  join unit_classes c on c.id = f.class_id
  join document_versions d on d.id = f.prospectus_id`;

function source({ search, filters }: OfferingQuery): Source<OfferingSort> {
  const { state, class: country } = filters;
  const like = containing(search);
  const conditions = [
    search === '' ? sql`true` : sql`(f.slug ilike ${like} or f.name_en ilike ${like} or f.name_ja ilike ${like})`,
    state ? sql`f.state = ${state}::offering_state` : null,
    country ? sql`c.country = ${country}::country` : null,
  ].filter((condition) => condition !== null);
  return {
    columns: offeringColumns,
    from: offeringTables,
    where: sql.join(conditions, sql` and `),
    sorts: {
      opens: { by: sql`f.opens_at`, type: 'timestamptz' },
      slug: { by: sql`f.slug`, type: 'text' },
      state: { by: sql`f.state::text`, type: 'text' },
      size: { by: sql`f.size_units`, type: 'bigint' },
    },
    key: { by: sql`f.id::bigint`, type: 'bigint' },
  };
}

export const listAllOfferings = (db: Database, query: OfferingQuery) =>
  tablePage<OfferingLine, OfferingSort>(db, source(query), query);

export const listAllOfferingsAfter = (db: Database, query: OfferingQuery, after: Place | null, limit: number) =>
  tableBatch<OfferingLine, OfferingSort>(db, source(query), query, after, limit);

export const getOfferingLine = (db: Database, slug: string): Promise<OfferingLine | null> =>
  firstRow<OfferingLine>(db, sql`select ${offeringColumns} from ${offeringTables} where f.slug = ${slug}`);

export type DraftChoices = {
  classes: {
    id: number;
    code: string;
    nameEn: string;
    nameJa: string;
    timeZone: string;
    currency: Currency;
    unitDecimals: number;
    quoteUnits: bigint;
    priceDecimals: number;
  }[];
  prospectuses: { id: number; slug: string; version: number; kind: DocumentKind }[];
  now: Date;
  /** The most of an offering that the covenant lets one person have, parts of ten thousand; null where it says nothing. */
  personCapE4: bigint | null;
};

/** What a draft can be made of: the classes, and the prospectuses that have been published, the newest first. */
export async function getDraftChoices(db: Database): Promise<DraftChoices> {
  const [classes, prospectuses, facts] = await Promise.all([
    rows<DraftChoices['classes'][number]>(
      db,
      sql`select id, code, name_en as "nameEn", name_ja as "nameJa", time_zone as "timeZone", currency,
                 unit_decimals as "unitDecimals", quote_units as "quoteUnits", price_decimals as "priceDecimals"
            from unit_classes order by id`,
    ),
    rows<DraftChoices['prospectuses'][number]>(
      db,
      sql`select id, slug, version, kind from document_versions
           where kind = 'PROSPECTUS' and published_at <= app_now() order by published_at desc, id desc`,
    ),
    firstRow<Pick<DraftChoices, 'now' | 'personCapE4'>>(
      db,
      sql`select app_now() as now, (select value_e4 from covenant_limits where name = 'PERSON_CAP') as "personCapE4"`,
    ),
  ]);
  return { classes, prospectuses, now: facts?.now ?? new Date(Number.NaN), personCapE4: facts?.personCapE4 ?? null };
}
