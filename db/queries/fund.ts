/** The fund in public: owners, classes, prices, rates, documents. No row here belongs to a person. */
import { sql } from 'drizzle-orm';
import type { RecordDay } from '@/lib/domain/calendar/record-dates';
import type { MidRate } from '@/lib/domain/money/conversion';
import type { DocumentKind, Locale, OwnerGroup } from '@/lib/domain/states';
import type { Database } from '../client';
import { recordDays } from './calendar';
import { firstRow, rows } from './rows';
import type { ClassLine } from './unit-class-columns';

export type FundView = {
  id: number;
  slug: string;
  name: Record<Locale, string>;
  inceptionDate: string;
  /** US cents. */
  debtUsdMinor: bigint;
  /** Original investment by owner, US cents, in the order of OWNER_GROUPS. */
  owners: { ownerGroup: OwnerGroup; committedUsdMinor: bigint }[];
  committedUsdMinor: bigint;
};

/** Null on a database without a fund. */
export async function getFund(db: Database): Promise<FundView | null> {
  type Row = {
    id: number;
    slug: string;
    nameEn: string;
    nameJa: string;
    inceptionDate: string;
    debtUsdMinor: bigint;
    ownerGroup: OwnerGroup | null;
    committedUsdMinor: bigint | null;
  };
  const found = await rows<Row>(
    db,
    sql`select f.id, f.slug, f.name_en as "nameEn", f.name_ja as "nameJa",
               f.inception_date::text as "inceptionDate", f.debt_usd_minor as "debtUsdMinor",
               o.owner_group as "ownerGroup", o.committed_usd_minor as "committedUsdMinor"
          from (select * from funds order by id limit 1) f
          left join owner_commitments o on o.fund_id = f.id
         order by o.owner_group`,
  );
  const [first] = found;
  if (!first) return null;
  const owners = found.flatMap(({ ownerGroup, committedUsdMinor }) =>
    ownerGroup !== null && committedUsdMinor !== null ? [{ ownerGroup, committedUsdMinor }] : [],
  );
  return {
    id: first.id,
    slug: first.slug,
    name: { en: first.nameEn, ja: first.nameJa },
    inceptionDate: first.inceptionDate,
    debtUsdMinor: first.debtUsdMinor,
    owners,
    committedUsdMinor: owners.reduce((sum, owner) => sum + owner.committedUsdMinor, 0n),
  };
}

export type UnitClassView = ClassLine & {
  timeZone: string;
  cutOff: string;
  settlementDays: number;
  recordDays: RecordDay[];
  authorisedUnits: bigint;
  /** Sold and allotted so far through all offerings of the class. */
  issuedUnits: bigint;
};

export async function listUnitClasses(db: Database): Promise<UnitClassView[]> {
  type Row = Omit<UnitClassView, 'name'> & { nameEn: string; nameJa: string };
  const found = await rows<Row>(
    db,
    sql`select c.id, c.code, c.name_en as "nameEn", c.name_ja as "nameJa", c.country, c.currency,
               c.unit_decimals as "unitDecimals", c.quote_units as "quoteUnits", c.price_decimals as "priceDecimals",
               c.time_zone as "timeZone", c.cut_off as "cutOff", c.settlement_days as "settlementDays",
               ${recordDays} as "recordDays", c.authorised_units as "authorisedUnits",
               issued_units(c.id) as "issuedUnits"
          from unit_classes c order by c.id`,
  );
  return found.map(({ nameEn, nameJa, ...rest }) => ({ ...rest, name: { en: nameEn, ja: nameJa } }));
}

export type NavPoint = {
  date: string;
  price: bigint;
  netAssetsMinor: bigint;
  publishedAt: Date;
  /** The price that stood before the day's value was corrected last; null where it never was. */
  priceBefore: bigint | null;
};

/** Published prices of a class, those in force, oldest first; `from` is an ISO date. */
export function listNavPrices(db: Database, classId: number, from = '0001-01-01'): Promise<NavPoint[]> {
  return rows<NavPoint>(
    db,
    sql`select p.nav_date::text as date, p.price, p.net_assets_minor as "netAssetsMinor", p.published_at as "publishedAt",
               (select b.price from nav_prices b
                 where b.class_id = p.class_id and b.nav_date = p.nav_date and b.revision = p.revision - 1) as "priceBefore"
          from current_prices p
         where p.class_id = ${classId} and p.nav_date >= ${from}::date order by p.nav_date`,
  );
}

/** The last published mid rate 仲値 with its spread. Null on a database without rates. */
export function getMidRate(db: Database): Promise<MidRate | null> {
  return firstRow<MidRate>(
    db,
    sql`select rate_date::text as "rateDate", jpy_per_usd_e4 as "jpyPerUsdE4", spread_sen as "spreadSen"
          from fx_rates where published_at <= app_now() order by rate_date desc limit 1`,
  );
}

export type DocumentView = {
  documentVersionId: number;
  kind: DocumentKind;
  slug: string;
  version: number;
  publishedAt: Date;
  /** Nothing newer of this document is published. */
  current: boolean;
  title: string;
  /** Markdown. */
  body: string;
  sha256: string;
};

/** One version of a document in one language; without `version` the newest published one. Null if there is none. */
export function getDocument(
  db: Database,
  slug: string,
  locale: Locale,
  version: number | null = null,
): Promise<DocumentView | null> {
  return firstRow<DocumentView>(
    db,
    sql`select d.id as "documentVersionId", d.kind, d.slug, d.version, d.published_at as "publishedAt",
               not exists (select 1 from document_versions n
                            where n.slug = d.slug and n.version > d.version and n.published_at <= app_now())
                 as current,
               t.title, t.body, t.sha256
          from document_versions d
          join document_texts t on t.document_version_id = d.id and t.locale = ${locale}
         where d.slug = ${slug} and d.published_at <= app_now()
           and (${version}::int is null or d.version = ${version}::int)
         order by d.version desc limit 1`,
  );
}

/** Newest version of each document, with its title in one language. */
export function listDocuments(db: Database, locale: Locale): Promise<Omit<DocumentView, 'body' | 'current'>[]> {
  return rows(
    db,
    sql`select distinct on (d.kind, d.slug) d.id as "documentVersionId", d.kind, d.slug, d.version,
               d.published_at as "publishedAt", t.title, t.sha256
          from document_versions d
          join document_texts t on t.document_version_id = d.id and t.locale = ${locale}
         where d.published_at <= app_now()
         order by d.kind, d.slug, d.version desc`,
  );
}
