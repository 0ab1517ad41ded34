/** A person's orders, those at NAV among them, subscriptions, allotments, deposits, withdrawals and conversions in one list, newest first. */
import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { assets, cashMovements, offerings, orders, unitClasses } from '@/db/schema';
import type { CashMovementKind, CashMovementState, Currency, Locale, OrderKind, OrderState } from '@/lib/domain/states';
import type { Database } from '../client';
import { type DealingMovement, listDealingMovements } from './dealing-movements';
import { currencyOf } from './wallets';
import {
  type AllotmentMovement,
  listWindowMovements,
  type SaleRefundMovement,
  type SubscriptionMovement,
} from './window-movements';

export type { DealingMovement } from './dealing-movements';
export type { AllotmentMovement, SaleRefundMovement, SubscriptionMovement } from './window-movements';

/** Amounts are smallest parts; `journalId` is the ledger entry, null before there is one. */
export type OrderMovement = {
  type: 'ORDER';
  key: string;
  number: bigint;
  kind: OrderKind;
  state: OrderState;
  currency: Currency;
  amountMinor: bigint;
  units: bigint;
  unitDecimals: number;
  classCode: string;
  offering: { slug: string; name: Record<Locale, string> };
  placedAt: Date;
  settledAt: Date | null;
  journalId: bigint | null;
  /** The offering was called off, and this order was undone. */
  refunded: boolean;
};

export type CashMovement = {
  type: 'CASH';
  key: string;
  kind: CashMovementKind;
  state: CashMovementState;
  currency: Currency;
  amountMinor: bigint;
  /** What was received, and the rates it was dealt at (yen for a dollar × 10,000), for a conversion. */
  conversion: { currency: Currency; amountMinor: bigint; rateE4: bigint; midRateE4: bigint; rateDate: string } | null;
  placedAt: Date;
  /** When a withdrawal was paid or cancelled; for the others when they were placed. */
  finishedAt: Date | null;
  journalId: bigint | null;
};

export type Movement =
  | OrderMovement
  | DealingMovement
  | CashMovement
  | SubscriptionMovement
  | AllotmentMovement
  | SaleRefundMovement;

export type MovementPage = {
  movements: Movement[];
  /** Give it back as `after` for the older ones; null at the end. Opaque, and safe in an address. */
  next: string | null;
};

export type MovementFilter = {
  /** What brought or took units of one class: orders, allotments, refunds of purchases. Or cash alone. */
  only?: { unitsOf: number } | 'cash';
  /** What still waits for something: open orders, subscriptions and pending withdrawals. */
  open?: boolean;
  /** A cursor that an earlier page gave. One that is none begins at the newest. */
  after?: string | null;
  limit: number;
};

type Place = { micros: bigint; journal: bigint; key: string };

/** A movement without an entry yet stands above those of the same instant that have one. */
const LAST_JOURNAL = 2n ** 63n - 1n;

/**
 * Where a row stands in the list. Instants go by microseconds, which a Date does not hold; on a stopped clock many movements share one, and
 * then the ledger's order counts.
 */
const placeOf = (table: typeof orders | typeof cashMovements) => ({
  micros: sql<bigint>`(extract(epoch from ${table.placedAt}) * 1000000)::bigint`,
  journal: sql<bigint>`coalesce(${table.journalId}, ${sql.raw(String(LAST_JOURNAL))})`,
  key: sql<string>`${table.key}::text`,
});

const newestFirst = (place: ReturnType<typeof placeOf>) => [desc(place.micros), desc(place.journal), desc(place.key)];

const older = (place: ReturnType<typeof placeOf>, after: Place | null): SQL | undefined =>
  after
    ? sql`(${place.micros}, ${place.journal}, ${place.key}) < (${after.micros}::bigint, ${after.journal}::bigint, ${after.key}::text)`
    : undefined;

const OPEN_ORDERS = ['ACCEPTED', 'CUT_OFF', 'PRICED'] as const satisfies OrderState[];
const OPEN_CASH = ['PENDING'] as const satisfies CashMovementState[];

type Placed<T extends Movement> = Place & { movement: T };

// Rows of one person are few, and their keys begin with the person: neither table carries an index by time, which every order would pay for.
async function listOrders(db: Database, investorId: bigint, filter: MovementFilter, after: Place | null) {
  if (filter.only === 'cash') return [];
  const place = placeOf(orders);
  const classId = filter.only?.unitsOf;
  const rows = await db
    .select({
      place,
      movement: {
        key: orders.key,
        number: orders.number,
        kind: orders.kind,
        state: orders.state,
        currency: unitClasses.currency,
        amountMinor: orders.amountMinor,
        units: orders.units,
        unitDecimals: unitClasses.unitDecimals,
        classCode: unitClasses.code,
        placedAt: orders.placedAt,
        settledAt: orders.settledAt,
        journalId: orders.journalId,
        refunded: sql<boolean>`exists (select 1 from sale_refund_chunks k where k.offering_id = ${orders.offeringId}
          and ${orders.investorId} between k.first_investor and k.last_investor)`,
      },
      offering: { slug: offerings.slug, nameEn: offerings.nameEn, nameJa: offerings.nameJa },
    })
    .from(orders)
    .innerJoin(unitClasses, eq(unitClasses.id, orders.classId))
    .innerJoin(offerings, eq(offerings.id, orders.offeringId))
    .where(
      and(
        eq(orders.investorId, investorId),
        classId === undefined ? undefined : eq(orders.classId, classId),
        filter.open ? inArray(orders.state, OPEN_ORDERS) : undefined,
        older(place, after),
      ),
    )
    .orderBy(...newestFirst(place))
    .limit(filter.limit + 1);
  return rows.map(({ place, movement, offering }): Placed<OrderMovement> => {
    const name = { en: offering.nameEn, ja: offering.nameJa };
    return { ...place, movement: { type: 'ORDER', ...movement, offering: { slug: offering.slug, name } } };
  });
}

const received = alias(assets, 'received');

const selectCash = (db: Database) =>
  db
    .select({
      place: placeOf(cashMovements),
      movement: {
        key: cashMovements.key,
        kind: cashMovements.kind,
        state: cashMovements.state,
        amountMinor: cashMovements.amountMinor,
        placedAt: cashMovements.placedAt,
        finishedAt: cashMovements.finishedAt,
        journalId: cashMovements.journalId,
      },
      code: assets.code,
      toCode: received.code,
      toAmountMinor: cashMovements.toAmountMinor,
      rateE4: cashMovements.rateE4,
      midRateE4: cashMovements.midRateE4,
      rateDate: cashMovements.rateDate,
    })
    .from(cashMovements)
    .innerJoin(assets, eq(assets.id, cashMovements.assetId))
    .leftJoin(received, eq(received.id, cashMovements.toAssetId))
    .$dynamic();

type CashRow = Awaited<ReturnType<typeof selectCash>>[number];

async function listCash(db: Database, investorId: bigint, filter: MovementFilter, after: Place | null) {
  if (filter.only !== undefined && filter.only !== 'cash') return [];
  const place = placeOf(cashMovements);
  const rows = await selectCash(db)
    .where(
      and(
        eq(cashMovements.investorId, investorId),
        filter.open ? inArray(cashMovements.state, OPEN_CASH) : undefined,
        older(place, after),
      ),
    )
    .orderBy(...newestFirst(place))
    .limit(filter.limit + 1);
  return rows.map((row): Placed<CashMovement> => ({ ...row.place, movement: cashMovement(row) }));
}

const cashMovement = (row: CashRow): CashMovement => ({
  type: 'CASH',
  ...row.movement,
  currency: currencyOf(row.code),
  conversion: conversionOf(row),
});

function conversionOf(row: CashRow): CashMovement['conversion'] {
  const { toCode, toAmountMinor: amountMinor, rateE4, midRateE4, rateDate } = row;
  if (toCode === null || amountMinor === null || rateE4 === null || midRateE4 === null || rateDate === null)
    return null;
  return { currency: currencyOf(toCode), amountMinor, rateE4, midRateE4, rateDate };
}

/** At most `limit` movements of the person, newest first, and where the next page begins. */
export async function listMovements(db: Database, investorId: bigint, filter: MovementFilter): Promise<MovementPage> {
  const after = filter.after ? readCursor(filter.after) : null;
  // Sent together on the transaction's one connection: both answers come back in one round trip.
  const wanted = filter.only === 'cash' ? null : { open: filter.open ?? false, unitsOf: filter.only?.unitsOf ?? null };
  const [ordered, moved, ...others] = await Promise.all([
    listOrders(db, investorId, filter, after),
    listCash(db, investorId, filter, after),
    wanted ? listWindowMovements(db, investorId, { ...wanted, limit: filter.limit + 1 }, after) : [],
    wanted ? listDealingMovements(db, investorId, { ...wanted, limit: filter.limit + 1 }, after) : [],
  ]);
  const all: Placed<Movement>[] = [...ordered, ...moved, ...others.flat()].sort(compareNewestFirst);
  const page = all.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    movements: page.map(({ movement }) => movement),
    next: last && all.length > filter.limit ? writeCursor(last) : null,
  };
}

function compareNewestFirst(a: Place, b: Place): number {
  if (a.micros !== b.micros) return a.micros < b.micros ? 1 : -1;
  if (a.journal !== b.journal) return a.journal < b.journal ? 1 : -1;
  return a.key < b.key ? 1 : -1;
}

const CURSOR = /^(\d{1,18})\.(\d{1,19})\.([0-9a-f-]{36})$/;

const writeCursor = ({ micros, journal, key }: Place): string => `${micros}.${journal}.${key}`;

function readCursor(text: string): Place | null {
  const [, micros, journal, key] = CURSOR.exec(text) ?? [];
  if (!micros || !journal || !key || BigInt(journal) > LAST_JOURNAL) return null;
  return { micros: BigInt(micros), journal: BigInt(journal), key };
}
