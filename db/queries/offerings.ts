/** Offerings as pages show them, and as the ticket needs them. Public: no row here belongs to a person. */
import { type SQL, sql } from 'drizzle-orm';
import { type OfferingPhase, offeringPhase } from '@/lib/domain/offerings/phase';
import type { Country, Currency, Locale, OfferingMethod, OfferingState } from '@/lib/domain/states';
import type { Database } from '../client';
import { rows } from './rows';

/** Units, amounts and prices are smallest parts of the class (see lib/domain/orders/pricing). */
export type OfferingView = {
  id: number;
  slug: string;
  name: Record<Locale, string>;
  method: OfferingMethod;
  state: OfferingState;
  phase: OfferingPhase;
  price: bigint;
  sizeUnits: bigint;
  /** Not sold yet: the sum of the slots; of a window what its allotment left, all of it before. */
  remainingUnits: bigint;
  /** What a window may allot beyond its size. */
  upsizeUnits: bigint;
  /** How much has been asked for in a window that shows it, as of when; null elsewhere. */
  demand: { units: bigint; applicants: number; at: Date } | null;
  withdrawUntil: Date | null;
  lotUnits: bigint;
  minUnits: bigint;
  /** Per person, over all their orders here. */
  maxUnits: bigint;
  opensAt: Date;
  closesAt: Date;
  termsVersion: number;
  classId: number;
  classCode: string;
  className: Record<Locale, string>;
  /** Residents of this country may buy. */
  country: Country;
  currency: Currency;
  unitDecimals: number;
  quoteUnits: bigint;
  priceDecimals: number;
  settlementDays: number;
  /** The first day on which the class deals at NAV; null before it is announced. */
  dealingFrom: string | null;
  /** The last published price of the class, for comparison; null before the first. */
  nav: { date: string; price: bigint } | null;
  prospectus: {
    documentVersionId: number;
    slug: string;
    version: number;
    publishedAt: Date;
    title: Record<Locale, string>;
    sha256: Record<Locale, string>;
  };
  /** When this was read, by the system's clock. */
  readAt: Date;
};

type Row = Omit<OfferingView, 'name' | 'className' | 'nav' | 'prospectus' | 'phase' | 'demand'> & {
  demandUnits: bigint | null;
  demandApplicants: number | null;
  demandAt: Date | null;
  nameEn: string;
  nameJa: string;
  classNameEn: string;
  classNameJa: string;
  navDate: string | null;
  navPrice: bigint | null;
  prospectusId: number;
  prospectusSlug: string;
  prospectusVersion: number;
  prospectusPublishedAt: Date;
  titleEn: string;
  titleJa: string;
  sha256En: string;
  sha256Ja: string;
};

const statement = (where: SQL) => sql`
  select o.id, o.slug, o.name_en as "nameEn", o.name_ja as "nameJa", o.method, o.state, o.price,
         o.size_units as "sizeUnits",
         case o.method when 'FIRST_COME'
           then coalesce((select sum(s.remaining) from offering_slots s where s.offering_id = o.id), 0)
           else greatest(o.size_units - coalesce((select r.allotted_units from allotment_runs r where r.offering_id = o.id), 0), 0)
         end::bigint as "remainingUnits",
         o.upsize_units as "upsizeUnits", o.withdraw_until as "withdrawUntil",
         case when o.show_demand then w.units end as "demandUnits", case when o.show_demand then w.applicants end as "demandApplicants",
         case when o.show_demand then w.at end as "demandAt",
         o.lot_units as "lotUnits", o.min_units as "minUnits", o.max_units as "maxUnits",
         o.opens_at as "opensAt", o.closes_at as "closesAt", o.terms_version as "termsVersion",
         c.id as "classId", c.code as "classCode", c.name_en as "classNameEn", c.name_ja as "classNameJa",
         c.country, c.currency, c.unit_decimals as "unitDecimals", c.quote_units as "quoteUnits",
         c.price_decimals as "priceDecimals", c.settlement_days as "settlementDays", c.dealing_from::text as "dealingFrom",
         n.nav_date::text as "navDate", n.price as "navPrice",
         d.id as "prospectusId", d.slug as "prospectusSlug", d.version as "prospectusVersion",
         d.published_at as "prospectusPublishedAt",
         en.title as "titleEn", ja.title as "titleJa", en.sha256 as "sha256En", ja.sha256 as "sha256Ja",
         t.now as "readAt"
    from (select app_now() as now) t
   cross join offerings o
    join unit_classes c on c.id = o.class_id
    left join window_demand w on w.offering_id = o.id
    join document_versions d on d.id = o.prospectus_id
    join document_texts en on en.document_version_id = d.id and en.locale = 'en'
    join document_texts ja on ja.document_version_id = d.id and ja.locale = 'ja'
    left join lateral (
      select nav_date, price from current_prices p
       where p.class_id = c.id order by p.nav_date desc limit 1
    ) n on true
   where o.state not in ('DRAFT', 'IN_APPROVAL') and ${where}
   order by o.opens_at desc, o.id`;

function view(row: Row): OfferingView {
  const { nameEn, nameJa, classNameEn, classNameJa, navDate, navPrice, ...rest } = row;
  const { prospectusId, prospectusSlug, prospectusVersion, prospectusPublishedAt, ...rest2 } = rest;
  const { titleEn, titleJa, sha256En, sha256Ja, ...rest3 } = rest2;
  const { demandUnits, demandApplicants, demandAt, ...plain } = rest3;
  return {
    ...plain,
    name: { en: nameEn, ja: nameJa },
    className: { en: classNameEn, ja: classNameJa },
    phase: offeringPhase(row, row.readAt),
    demand:
      demandUnits !== null && demandApplicants !== null && demandAt !== null
        ? { units: demandUnits, applicants: demandApplicants, at: demandAt }
        : null,
    nav: navDate !== null && navPrice !== null ? { date: navDate, price: navPrice } : null,
    prospectus: {
      documentVersionId: prospectusId,
      slug: prospectusSlug,
      version: prospectusVersion,
      publishedAt: prospectusPublishedAt,
      title: { en: titleEn, ja: titleJa },
      sha256: { en: sha256En, ja: sha256Ja },
    },
  };
}

/** Every offering that has been approved, the one that opened last first. */
export async function listOfferings(db: Database): Promise<OfferingView[]> {
  return (await rows<Row>(db, statement(sql`true`))).map(view);
}

/** Null when there is none of this slug, or when it is not approved yet. */
export async function getOffering(db: Database, slug: string): Promise<OfferingView | null> {
  const [row] = await rows<Row>(db, statement(sql`o.slug = ${slug}`));
  return row ? view(row) : null;
}

export async function getOfferingById(db: Database, id: number): Promise<OfferingView | null> {
  const [row] = await rows<Row>(db, statement(sql`o.id = ${id}`));
  return row ? view(row) : null;
}
