/** Orders of one investor. Run inside withInvestor: row-level security shows nobody else's. */
import { sql } from 'drizzle-orm';
import type { Country, Currency, InvestorStatus, Locale, OrderKind, OrderState } from '@/lib/domain/states';
import type { Database } from '../client';
import { firstRow, rows } from './rows';

export type OrderView = {
  key: string;
  /** The number that people read. */
  number: bigint;
  kind: OrderKind;
  state: OrderState;
  /** What was asked for: an amount or units, as `kind` says. */
  asked: bigint;
  amountMinor: bigint;
  units: bigint;
  price: bigint;
  termsVersion: number;
  placedAt: Date;
  settledAt: Date | null;
  /** The ledger transaction, for listLedgerEntry. */
  journalId: bigint | null;
  offering: { id: number; slug: string; name: Record<Locale, string> };
  unitClass: {
    id: number;
    code: string;
    name: Record<Locale, string>;
    currency: Currency;
    unitDecimals: number;
    quoteUnits: bigint;
    priceDecimals: number;
  };
};

type Row = Omit<OrderView, 'offering' | 'unitClass'> & {
  offeringId: number;
  slug: string;
  nameEn: string;
  nameJa: string;
  classId: number;
  classCode: string;
  classNameEn: string;
  classNameJa: string;
  currency: Currency;
  unitDecimals: number;
  quoteUnits: bigint;
  priceDecimals: number;
};

const columns = sql`
  r.key::text as key, r.number, r.kind, r.state, r.asked, r.amount_minor as "amountMinor", r.units, r.price,
  r.terms_version as "termsVersion", r.placed_at as "placedAt", r.settled_at as "settledAt",
  r.journal_id as "journalId", o.id as "offeringId", o.slug, o.name_en as "nameEn", o.name_ja as "nameJa",
  c.id as "classId", c.code as "classCode", c.name_en as "classNameEn", c.name_ja as "classNameJa", c.currency,
  c.unit_decimals as "unitDecimals", c.quote_units as "quoteUnits", c.price_decimals as "priceDecimals"
  from orders r join offerings o on o.id = r.offering_id join unit_classes c on c.id = r.class_id`;

function view(row: Row): OrderView {
  const { offeringId, slug, nameEn, nameJa, classId, classCode, classNameEn, classNameJa, ...rest } = row;
  const { currency, unitDecimals, quoteUnits, priceDecimals, ...order } = rest;
  const className = { en: classNameEn, ja: classNameJa };
  return {
    ...order,
    offering: { id: offeringId, slug, name: { en: nameEn, ja: nameJa } },
    unitClass: { id: classId, code: classCode, name: className, currency, unitDecimals, quoteUnits, priceDecimals },
  };
}

/** Null when there is none of this key, or it is somebody else's. */
export async function getOrder(db: Database, investorId: bigint, key: string): Promise<OrderView | null> {
  const row = await firstRow<Row>(
    db,
    sql`select ${columns} where r.investor_id = ${investorId}::bigint and r.key = ${key}::uuid`,
  );
  return row && view(row);
}

/** The newest first. */
export async function listOrders(db: Database, investorId: bigint, limit = 100): Promise<OrderView[]> {
  const found = await rows<Row>(
    db,
    sql`select ${columns} where r.investor_id = ${investorId}::bigint order by r.placed_at desc, r.number desc limit ${limit}`,
  );
  return found.map(view);
}

/** What the rules of an order ask about its buyer (lib/domain/orders/decide). */
export type BuyerView = {
  status: InvestorStatus;
  country: Country | null;
  suitabilityExpiresAt: Date | null;
  boughtUnits: bigint;
  availableMinor: bigint;
  openedProspectus: boolean;
  agreed: boolean;
};

/** Null when the person is no investor. */
export function getBuyer(db: Database, investorId: bigint, offeringId: number): Promise<BuyerView | null> {
  return firstRow<BuyerView>(
    db,
    sql`select i.status, i.country, i.suitability_expires_at as "suitabilityExpiresAt",
               coalesce((select sum(r.units) from orders r
                          where r.investor_id = i.investor_id and r.offering_id = o.id
                            and r.state not in ('REJECTED', 'CANCELLED', 'LAPSED')), 0)::bigint as "boughtUnits",
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
