/** A ticket at NAV: the class, its markets' days, and the person's own side of it. Run inside withInvestor: row-level security shows nobody else's. */
import { sql } from 'drizzle-orm';
import type { DealingClass } from '@/lib/domain/calendar/dealing-times';
import type { Holiday } from '@/lib/domain/calendar/holidays';
import type { EligibilityReason } from '@/lib/domain/people/eligibility';
import type { Country, Currency, InvestorStatus, Locale } from '@/lib/domain/states';
import type { Database } from '../client';
import { getCalendar } from './calendar';
import { listConsents } from './consents';
import type { PricePoint } from './positions';
import { firstRow } from './rows';
import type { ClassLine } from './unit-class-columns';

/** A class as an order at NAV meets it. Parts of ten thousand: the levy of a redemption, and the covenant's gate of a day. */
export type NavClass = ClassLine &
  DealingClass & {
    /** The first dealing day; null before both sides have announced it. */
    dealingFrom: string | null;
    levyE4: number;
    gateE4: number;
  };

export type DealingTicket = {
  unitClass: NavClass;
  /** The newest published price, for estimates alone; null before the first. */
  nav: PricePoint | null;
  prospectus: {
    documentVersionId: number;
    slug: string;
    version: number;
    publishedAt: Date;
    title: Record<Locale, string>;
    sha256: Record<Locale, string>;
  };
  reader: {
    status: InvestorStatus;
    statusReason: EligibilityReason;
    country: Country | null;
    suitabilityExpiresAt: Date | null;
    availableMinor: bigint;
    /** Units held, and those of them that no order waits with. */
    heldUnits: bigint;
    freeUnits: bigint;
    /** When this version of the prospectus was first opened, in which languages, and when it was agreed to. */
    openedAt: Date | null;
    openedIn: Locale[];
    agreedAt: Date | null;
  };
  /** Of both countries. */
  holidays: Holiday[];
  /** When this was read, by the system's clock. */
  readAt: Date;
};

type Row = {
  id: number;
  code: string;
  nameEn: string;
  nameJa: string;
  country: Country;
  currency: Currency;
  unitDecimals: number;
  quoteUnits: bigint;
  priceDecimals: number;
  timeZone: string;
  cutOff: string;
  settlementDays: number;
  dealingFrom: string | null;
  levyE4: number;
  gateE4: number;
  navDate: string | null;
  navPrice: bigint | null;
  documentVersionId: number;
  slug: string;
  version: number;
  publishedAt: Date;
  titleEn: string;
  titleJa: string;
  sha256En: string;
  sha256Ja: string;
  status: InvestorStatus;
  statusReason: EligibilityReason;
  residence: Country | null;
  suitabilityExpiresAt: Date | null;
  availableMinor: bigint;
  heldUnits: bigint;
  freeUnits: bigint;
};

const selectTicket = (db: Database, investorId: bigint, code: string) =>
  firstRow<Row>(
    db,
    sql`select c.id, c.code, c.name_en as "nameEn", c.name_ja as "nameJa", c.country, c.currency, c.unit_decimals as "unitDecimals",
               c.quote_units as "quoteUnits", c.price_decimals as "priceDecimals", c.time_zone as "timeZone", c.cut_off as "cutOff",
               c.settlement_days as "settlementDays", c.dealing_from::text as "dealingFrom", c.levy_e4 as "levyE4", g.value_e4::integer as "gateE4",
               n.nav_date::text as "navDate", n.price as "navPrice",
               d.id as "documentVersionId", d.slug, d.version, d.published_at as "publishedAt",
               en.title as "titleEn", ja.title as "titleJa", en.sha256 as "sha256En", ja.sha256 as "sha256Ja",
               i.status, i.status_reason as "statusReason", i.country as residence, i.suitability_expires_at as "suitabilityExpiresAt",
               coalesce(w.available, 0) as "availableMinor", coalesce(h.units, 0) as "heldUnits", own_free_units(c.id) as "freeUnits"
          from unit_classes c
          join covenant_limits g on g.fund_id = c.fund_id and g.name = 'GATE'
         cross join lateral (
           select v.* from document_versions v
            where v.fund_id = c.fund_id and v.kind = 'PROSPECTUS' and v.published_at <= app_now() order by v.version desc, v.id desc limit 1) d
          join document_texts en on en.document_version_id = d.id and en.locale = 'en'
          join document_texts ja on ja.document_version_id = d.id and ja.locale = 'ja'
          left join lateral (
            select p.nav_date, p.price from current_prices p where p.class_id = c.id order by p.nav_date desc limit 1) n on true
          join investors i on i.investor_id = ${investorId}::bigint
          left join wallets w on w.investor_id = i.investor_id and w.asset_id = c.currency_asset_id
          left join holdings h on h.investor_id = i.investor_id and h.class_id = c.id
         where c.code = ${code}`,
  );

/** Null where there is no class of this code, or the person is no investor. */
export async function getDealingTicket(db: Database, investorId: bigint, code: string): Promise<DealingTicket | null> {
  const [row, calendar] = await Promise.all([selectTicket(db, investorId, code), getCalendar(db)]);
  if (!row || !calendar) return null;
  const { navDate, navPrice, documentVersionId, slug, version, publishedAt, ...rest } = row;
  const { titleEn, titleJa, sha256En, sha256Ja, nameEn, nameJa, ...rest2 } = rest;
  const { status, statusReason, residence, suitabilityExpiresAt, availableMinor, heldUnits, freeUnits, ...plain } =
    rest2;
  const consents = await listConsents(db, investorId, documentVersionId);
  const opened = consents.filter(({ act }) => act === 'OPENED');
  return {
    unitClass: { ...plain, name: { en: nameEn, ja: nameJa } },
    nav: navDate !== null && navPrice !== null ? { date: navDate, price: navPrice } : null,
    prospectus: {
      ...{ documentVersionId, slug, version, publishedAt },
      title: { en: titleEn, ja: titleJa },
      sha256: { en: sha256En, ja: sha256Ja },
    },
    reader: {
      ...{ status, statusReason, country: residence, suitabilityExpiresAt, availableMinor, heldUnits, freeUnits },
      openedAt: opened.at(-1)?.at ?? null,
      openedIn: opened.map(({ locale }) => locale),
      agreedAt: consents.findLast(({ act }) => act === 'AGREED')?.at ?? null,
    },
    holidays: calendar.holidays,
    readAt: calendar.readAt,
  };
}
