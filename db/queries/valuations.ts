/** The fund's value in public: the newest one with what it is made of, and the days that stand still. */
import { sql } from 'drizzle-orm';
import type { HoldReason, ValuationSource } from '@/lib/domain/states';
import type { Database } from '../client';
import { firstRow, rows } from './rows';

/** Sums are US cents. */
export type PublicValuation = {
  date: string;
  revision: number;
  source: ValuationSource;
  publishedAt: Date;
  /** Both sides published or corrected it by a proposal. */
  jointlyApproved: boolean;
  jpyPerUsdE4: bigint;
  portfolioUsdMinor: bigint;
  cashUsdMinor: bigint;
  debtUsdMinor: bigint;
  feesUsdMinor: bigint;
  netAssetsUsdMinor: bigint;
};

/** Null on a database whose fund has no books yet. */
export function getNewestValuation(db: Database): Promise<PublicValuation | null> {
  return firstRow<PublicValuation>(
    db,
    sql`select nav_date::text as date, revision, source, published_at as "publishedAt", jointly_approved as "jointlyApproved",
               jpy_per_usd_e4 as "jpyPerUsdE4", portfolio_usd_minor as "portfolioUsdMinor", cash_usd_minor as "cashUsdMinor",
               debt_usd_minor as "debtUsdMinor", fees_usd_minor as "feesUsdMinor", net_assets_usd_minor as "netAssetsUsdMinor"
          from public_valuations where published_at <= app_now() order by nav_date desc limit 1`,
  );
}

export type Hold = { date: string; reason: HoldReason; since: Date };

/** Days whose dealing stands still, the first one first: the others wait for it. */
export function listHolds(db: Database): Promise<Hold[]> {
  return rows<Hold>(db, sql`select nav_date::text as date, reason, since from public_holds order by nav_date limit 20`);
}
