/** One order of a person with everything it moved in the ledger. */
import { and, asc, eq, gte, lte, sql } from 'drizzle-orm';
import { assets, journals, offerings, orders, postings, saleRefundChunks, unitClasses } from '@/db/schema';
import type { LEDGER_ACCOUNTS } from '@/db/schema/ledger';
import type { Locale, OrderKind, OrderState } from '@/lib/domain/states';
import type { Database } from '../client';
import { type ClassLine, classColumns, classLine } from './unit-class-columns';

export type PostingLine = {
  account: (typeof LEDGER_ACCOUNTS)[number];
  /** USD, JPY, or the units of a class; amounts have `decimals` of it. */
  asset: { code: string; kind: 'CURRENCY' | 'UNIT'; decimals: number };
  amount: bigint;
  /** What the person's account stood at after this line. */
  balanceAfter: bigint;
};

export type OrderDetails = {
  key: string;
  number: bigint;
  kind: OrderKind;
  state: OrderState;
  amountMinor: bigint;
  units: bigint;
  /** Fixed at acceptance, per `unitClass.quoteUnits`. */
  price: bigint;
  termsVersion: number;
  offering: { slug: string; name: Record<Locale, string> };
  unitClass: ClassLine;
  placedAt: Date;
  settledAt: Date | null;
  /** When the offering had been called off and the order was undone, and by which entry; null otherwise. */
  refund: { at: Date; journalId: bigint } | null;
  /** Null while nothing has been posted. */
  entry: { journalId: bigint; postings: PostingLine[] } | null;
};

/** Null where the person has no order of this key: someone else's is not told from one that is not there. */
export async function getOrder(db: Database, investorId: bigint, key: string): Promise<OrderDetails | null> {
  const [found, lines] = await Promise.all([selectOrder(db, investorId, key), selectPostings(db, investorId, key)]);
  if (!found) return null;
  const { order, offering, unitClass } = found;
  const { journalId, refundedAt, refundJournalId, ...rest } = order;
  return {
    ...rest,
    refund: refundedAt && refundJournalId !== null ? { at: refundedAt, journalId: refundJournalId } : null,
    offering: { slug: offering.slug, name: { en: offering.nameEn, ja: offering.nameJa } },
    unitClass: classLine(unitClass),
    entry: journalId === null ? null : { journalId, postings: lines },
  };
}

async function selectOrder(db: Database, investorId: bigint, key: string) {
  const [row] = await db
    .select({
      order: {
        key: orders.key,
        number: orders.number,
        kind: orders.kind,
        state: orders.state,
        amountMinor: orders.amountMinor,
        units: orders.units,
        price: orders.price,
        termsVersion: orders.termsVersion,
        placedAt: orders.placedAt,
        settledAt: orders.settledAt,
        journalId: orders.journalId,
        refundedAt: journals.at,
        refundJournalId: saleRefundChunks.journalId,
      },
      offering: { slug: offerings.slug, nameEn: offerings.nameEn, nameJa: offerings.nameJa },
      unitClass: classColumns,
    })
    .from(orders)
    .innerJoin(offerings, eq(offerings.id, orders.offeringId))
    .innerJoin(unitClasses, eq(unitClasses.id, orders.classId))
    .leftJoin(
      saleRefundChunks,
      and(
        eq(saleRefundChunks.offeringId, orders.offeringId),
        lte(saleRefundChunks.firstInvestor, orders.investorId),
        gte(saleRefundChunks.lastInvestor, orders.investorId),
      ),
    )
    .leftJoin(journals, eq(journals.id, saleRefundChunks.journalId))
    .where(and(eq(orders.investorId, investorId), eq(orders.key, key)));
  return row;
}

/** A person is in a journal with one order at most, so its lines of theirs are this order's. */
const selectPostings = (db: Database, investorId: bigint, key: string): Promise<PostingLine[]> =>
  db
    .select({
      account: postings.account,
      asset: { code: assets.code, kind: assets.kind, decimals: assets.decimals },
      amount: postings.amount,
      // Only control accounts, which belong to nobody, keep none.
      balanceAfter: sql<bigint>`${postings.balanceAfter}`,
    })
    .from(orders)
    .innerJoin(postings, and(eq(postings.investorId, orders.investorId), eq(postings.journalId, orders.journalId)))
    .innerJoin(assets, eq(assets.id, postings.assetId))
    .where(and(eq(orders.investorId, investorId), eq(orders.key, key)))
    .orderBy(asc(postings.assetId), asc(postings.account), asc(postings.version));
