/** Monthly plans 積立 as their owner sees them. Run inside withInvestor: row-level security shows nobody else's. */
import { sql } from 'drizzle-orm';
import type { DealingClass } from '@/lib/domain/calendar/dealing-times';
import type { Holiday } from '@/lib/domain/calendar/holidays';
import type { PlanPerson } from '@/lib/domain/dealing/plan';
import type { Currency, Locale, OrderState, PlanAct, PlanLapse, PlanState } from '@/lib/domain/states';
import type { Database } from '../client';
import { getCalendar } from './calendar';
import { listConsents } from './consents';
import { firstRow, rows } from './rows';

/** A class as a plan meets it. */
export type PlanClassLine = DealingClass & {
  id: number;
  code: string;
  name: Record<Locale, string>;
  currency: Currency;
  /** The first dealing day of continuous dealing; null before both sides have announced it. */
  dealingFrom: string | null;
  planMinimumMinor: bigint;
};

export type PlanView = {
  key: string;
  unitClass: PlanClassLine;
  amountMinor: bigint;
  dayOfMonth: number;
  state: PlanState;
  /** In a row; the third pauses the plan. */
  lapses: number;
  /** First days of months: of the turn that comes next, null where none does; and of the last one, null before the first. */
  nextMonth: string | null;
  lastMonth: string | null;
  startedAt: Date;
};

export type PlanTurnView = {
  classId: number;
  month: string;
  at: Date;
  amountMinor: bigint;
  availableMinor: bigint;
  /** The date that the plan's day was moved to, and the day that the order deals on. */
  plannedDate: string;
  dealingDate: string;
  dayOfMonth: number;
  lapse: PlanLapse | null;
  lapses: number;
  order: { key: string; number: bigint; state: OrderState };
};

export type PlanActView = { act: PlanAct; at: Date; amountMinor: bigint; dayOfMonth: number };

/** Both markets' holidays, and when this was read, by the system's clock. */
export type PlanCalendar = { holidays: Holiday[]; readAt: Date };

type ClassRow = Omit<PlanClassLine, 'name'> & { nameEn: string; nameJa: string };

const CLASS = sql`c.id, c.code, c.name_en as "nameEn", c.name_ja as "nameJa", c.country, c.currency, c.time_zone as "timeZone", c.cut_off as "cutOff",
  c.settlement_days as "settlementDays", c.dealing_from::text as "dealingFrom", c.plan_minimum_minor as "planMinimumMinor"`;

const classLine = ({ nameEn, nameJa, ...row }: ClassRow): PlanClassLine => ({
  ...row,
  name: { en: nameEn, ja: nameJa },
});

/** For mails of the job. Throws where there is no such class. */
export async function getClassName(db: Database, classId: number): Promise<Record<Locale, string>> {
  const row = await firstRow<Record<Locale, string>>(
    db,
    sql`select name_en as en, name_ja as ja from unit_classes where id = ${classId}`,
  );
  if (!row) throw new Error(`There is no class ${classId}.`);
  return row;
}

export async function listPlanClasses(db: Database): Promise<PlanClassLine[]> {
  return (await rows<ClassRow>(db, sql`select ${CLASS} from unit_classes c order by c.id`)).map(classLine);
}

type PlanRow = ClassRow & Omit<PlanView, 'unitClass'>;

/** Standing ones first, the newest of each kind first. */
export async function listPlans(db: Database, investorId: bigint): Promise<PlanView[]> {
  const found = await rows<PlanRow>(
    db,
    sql`select ${CLASS}, p.key::text as key, p.amount_minor as "amountMinor", p.day_of_month as "dayOfMonth", p.state, p.lapses,
               p.next_month::text as "nextMonth", p.started_at as "startedAt",
               (select max(t.month)::text from savings_plan_turns t where t.investor_id = p.investor_id and t.plan_key = p.key) as "lastMonth"
          from savings_plans p join unit_classes c on c.id = p.class_id
         where p.investor_id = ${investorId}::bigint
         order by p.state = 'ENDED', p.number desc`,
  );
  return found.map(({ key, amountMinor, dayOfMonth, state, lapses, nextMonth, lastMonth, startedAt, ...row }) => ({
    ...{ key, amountMinor, dayOfMonth, state, lapses, nextMonth, lastMonth, startedAt },
    unitClass: classLine(row),
  }));
}

/** Of all plans, or those of a class, the newest first; all of them, or so many. */
export async function listTurns(
  db: Database,
  investorId: bigint,
  { classId = null, limit = null }: { classId?: number | null; limit?: number | null },
): Promise<PlanTurnView[]> {
  type Row = Omit<PlanTurnView, 'order'> & { orderKey: string; orderNumber: bigint; orderState: OrderState };
  const found = await rows<Row>(
    db,
    sql`select o.class_id as "classId", t.month::text as month, t.at, t.amount_minor as "amountMinor", t.available_minor as "availableMinor",
               t.planned_date::text as "plannedDate", o.dealing_date::text as "dealingDate", t.day_of_month as "dayOfMonth", t.lapse, t.lapses,
               o.key::text as "orderKey", o.number as "orderNumber", o.state as "orderState"
          from savings_plan_turns t
          join dealing_orders o on o.investor_id = t.investor_id and o.key = t.order_key
         where t.investor_id = ${investorId}::bigint and (${classId}::int is null or o.class_id = ${classId}::int)
         order by o.number desc limit ${limit}`,
  );
  return found.map(({ orderKey, orderNumber, orderState, ...turn }) => ({
    ...turn,
    order: { key: orderKey, number: orderNumber, state: orderState },
  }));
}

/** Of all plans of a class, the newest first. */
export const listPlanActs = (db: Database, investorId: bigint, classId: number) =>
  rows<PlanActView>(
    db,
    sql`select act, at, amount_minor as "amountMinor", day_of_month as "dayOfMonth" from savings_plan_acts
         where investor_id = ${investorId}::bigint and class_id = ${classId} order by sequence desc`,
  );

/** Where the person stands before a purchase of the class, and the prospectus that it is placed with. */
export type PlanReader = PlanPerson & {
  prospectus: {
    documentVersionId: number;
    slug: string;
    version: number;
    title: Record<Locale, string>;
    sha256: Record<Locale, string>;
  };
  /** When this version was first opened, in which languages, and when it was agreed to. */
  openedAt: Date | null;
  openedIn: Locale[];
  agreedAt: Date | null;
};

/** Null where the person is no investor. */
export async function getPlanReader(db: Database, investorId: bigint, classId: number): Promise<PlanReader | null> {
  type Row = Pick<PlanPerson, 'status' | 'country' | 'suitabilityExpiresAt' | 'availableMinor'> & {
    documentVersionId: number;
    slug: string;
    version: number;
    titleEn: string;
    titleJa: string;
    sha256En: string;
    sha256Ja: string;
  };
  const row = await firstRow<Row>(
    db,
    sql`select i.status, i.country, i.suitability_expires_at as "suitabilityExpiresAt", coalesce(w.available, 0) as "availableMinor",
               d.id as "documentVersionId", d.slug, d.version, en.title as "titleEn", ja.title as "titleJa", en.sha256 as "sha256En",
               ja.sha256 as "sha256Ja"
          from investors i
          join unit_classes c on c.id = ${classId}
         cross join lateral (
           select v.* from document_versions v
            where v.fund_id = c.fund_id and v.kind = 'PROSPECTUS' and v.published_at <= app_now() order by v.version desc, v.id desc limit 1) d
          join document_texts en on en.document_version_id = d.id and en.locale = 'en'
          join document_texts ja on ja.document_version_id = d.id and ja.locale = 'ja'
          left join wallets w on w.investor_id = i.investor_id and w.asset_id = c.currency_asset_id
         where i.investor_id = ${investorId}::bigint`,
  );
  if (!row) return null;
  const { documentVersionId, slug, version, titleEn, titleJa, sha256En, sha256Ja, ...person } = row;
  const consents = await listConsents(db, investorId, documentVersionId);
  const opened = consents.filter(({ act }) => act === 'OPENED');
  const agreedAt = consents.findLast(({ act }) => act === 'AGREED')?.at ?? null;
  return {
    ...person,
    openedProspectus: opened.length > 0,
    agreed: agreedAt !== null,
    prospectus: {
      ...{ documentVersionId, slug, version },
      title: { en: titleEn, ja: titleJa },
      sha256: { en: sha256En, ja: sha256Ja },
    },
    openedAt: opened.at(-1)?.at ?? null,
    openedIn: opened.map(({ locale }) => locale),
    agreedAt,
  };
}

export async function getPlanCalendar(db: Database): Promise<PlanCalendar> {
  const calendar = await getCalendar(db);
  if (!calendar) throw new Error('There is no calendar yet: the database has not been seeded.');
  return { holidays: calendar.holidays, readAt: calendar.readAt };
}
