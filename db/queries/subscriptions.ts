/** What a person has asked for in windows, and what came of it. Run inside withInvestor: row-level security shows nobody else's. */
import { type SQL, sql } from 'drizzle-orm';
import type {
  AllotmentPurpose,
  AllotmentStep,
  Country,
  InvestorStatus,
  SubscriptionAct,
  SubscriptionState,
} from '@/lib/domain/states';
import type { Database } from '../client';
import { firstRow, rows } from './rows';

/** What the rules of a subscription ask about its person (lib/domain/subscriptions/decide). */
export type SubscriberView = {
  status: InvestorStatus;
  country: Country | null;
  suitabilityExpiresAt: Date | null;
  heldUnits: bigint;
  subscribedUnits: bigint;
  availableMinor: bigint;
  openedProspectus: boolean;
  agreed: boolean;
};

/** Null when the person is no investor. */
export function getSubscriber(db: Database, investorId: bigint, offeringId: number): Promise<SubscriberView | null> {
  return firstRow<SubscriberView>(
    db,
    sql`select i.status, i.country, i.suitability_expires_at as "suitabilityExpiresAt",
               coalesce((select h.units from holdings h where h.investor_id = i.investor_id and h.class_id = o.class_id), 0)::bigint
                 as "heldUnits",
               coalesce((select sum(s.units) from subscriptions s
                          where s.investor_id = i.investor_id and s.offering_id = o.id and s.state = 'ACTIVE'), 0)::bigint
                 as "subscribedUnits",
               coalesce(w.available, 0) as "availableMinor",
               exists (select 1 from consents s where s.investor_id = i.investor_id
                          and s.document_version_id = o.prospectus_id and s.act = 'OPENED') as "openedProspectus",
               exists (select 1 from consents s where s.investor_id = i.investor_id
                          and s.document_version_id = o.prospectus_id and s.act = 'AGREED') as "agreed"
          from investors i
          join offerings o on o.id = ${offeringId}
          join unit_classes c on c.id = o.class_id
          left join wallets w on w.investor_id = i.investor_id and w.asset_id = c.currency_asset_id
         where i.investor_id = ${investorId}::bigint`,
  );
}

export type SubscriptionView = {
  key: string;
  number: bigint;
  offeringSlug: string;
  state: SubscriptionState;
  units: bigint;
  reservedMinor: bigint;
  price: bigint;
  /** Earlier than the offering's: made before a new version of its prospectus. */
  termsVersion: number;
  placedAt: Date;
  changedAt: Date;
};

const subscription = (where: SQL) => sql`
  select s.key::text as key, s.number, o.slug as "offeringSlug", s.state, s.units, s.reserved_minor as "reservedMinor", s.price,
         s.terms_version as "termsVersion", s.placed_at as "placedAt", s.changed_at as "changedAt"
    from subscriptions s join offerings o on o.id = s.offering_id
   where ${where} order by s.placed_at desc, s.number desc`;

/** All of a person's subscriptions to an offering, the newest first. */
export const listSubscriptions = (db: Database, investorId: bigint, offeringId: number): Promise<SubscriptionView[]> =>
  rows<SubscriptionView>(
    db,
    subscription(sql`s.investor_id = ${investorId}::bigint and s.offering_id = ${offeringId}`),
  );

/** Null when there is none of this key, or when it is somebody else's. */
export const getSubscription = (db: Database, investorId: bigint, key: string): Promise<SubscriptionView | null> =>
  firstRow<SubscriptionView>(
    db,
    subscription(sql`s.investor_id = ${investorId}::bigint and s.key = ${key}::text::uuid`),
  );

export type SubscriptionActView = {
  act: SubscriptionAct;
  number: bigint;
  units: bigint;
  reservedMinor: bigint;
  deltaMinor: bigint;
  at: Date;
};

/** What the person did here, act by act, the newest first. */
export const listSubscriptionActs = (
  db: Database,
  investorId: bigint,
  offeringId: number,
): Promise<SubscriptionActView[]> =>
  rows<SubscriptionActView>(
    db,
    sql`select a.act, s.number, a.units, a.reserved_minor as "reservedMinor", a.delta_minor as "deltaMinor", a.at
          from subscription_acts a join subscriptions s on s.investor_id = a.investor_id and s.key = a.subscription_key
         where a.investor_id = ${investorId}::bigint and s.offering_id = ${offeringId}
         order by a.at desc, a.journal_id desc nulls last`,
  );

/** What an offering came to for one person; null before the run has decided, and for who had no subscription at the close. */
export type AllotmentView = {
  purpose: AllotmentPurpose;
  step: AllotmentStep;
  /** The number under which the person stands in the public list. */
  pseudonym: string;
  subscribedUnits: bigint;
  /** What counted, within the maximum of a person. */
  countedUnits: bigint;
  units: bigint;
  extraLots: number;
  costMinor: bigint;
  refundMinor: bigint;
  /** Units and refund are in the books. */
  booked: boolean;
  journalId: bigint | null;
  bookedAt: Date | null;
};

export function getAllotment(db: Database, investorId: bigint, offeringId: number): Promise<AllotmentView | null> {
  return firstRow<AllotmentView>(
    db,
    sql`select r.purpose, r.step, encode(p.pseudonym, 'hex') as pseudonym, p.subscribed_units as "subscribedUnits", p.units as "countedUnits",
               a.units, a.extra_lots as "extraLots", a.cost_minor as "costMinor", a.refund_minor as "refundMinor",
               c.journal_id is not null as booked, c.journal_id as "journalId", j.at as "bookedAt"
          from allotments a
          join applicants p on p.offering_id = a.offering_id and p.investor_id = a.investor_id
          join allotment_runs r on r.offering_id = a.offering_id
          join allotment_chunks c on c.offering_id = a.offering_id and c.chunk = a.chunk
          left join journals j on j.id = c.journal_id
         where a.investor_id = ${investorId}::bigint and a.offering_id = ${offeringId}`,
  );
}

/** What an act was about, by its key: for the way back to a form that has been sent. */
export const getSubscriptionAct = (
  db: Database,
  investorId: bigint,
  key: string,
): Promise<{ number: bigint; offeringSlug: string } | null> =>
  firstRow(
    db,
    sql`select s.number, o.slug as "offeringSlug"
          from subscription_acts a
          join subscriptions s on s.investor_id = a.investor_id and s.key = a.subscription_key
          join offerings o on o.id = s.offering_id
         where a.investor_id = ${investorId}::bigint and a.key = ${key}::text::uuid`,
  );

/** Where the draw of a window stands; null before its list of applicants is made. Public. */
export type DrawView = {
  applicants: number;
  appliedUnits: bigint;
  listSha256: string;
  listedAt: Date;
  revealDeadline: Date;
  pulseAt: Date;
};

export const getDraw = (db: Database, offeringId: number): Promise<DrawView | null> =>
  firstRow<DrawView>(
    db,
    sql`select applicants, applied_units as "appliedUnits", list_sha256 as "listSha256", listed_at as "listedAt",
               reveal_deadline as "revealDeadline", pulse_at as "pulseAt"
          from draws where offering_id = ${offeringId}`,
  );
