/** A person's cash, and the rate between its currencies. The handle is the one that `withInvestor` gives for that person. */
import { and, asc, desc, eq, lte, sql } from 'drizzle-orm';
import { assets, fxRates, wallets } from '@/db/schema';
import { CURRENCIES, type Currency } from '@/lib/domain/states';
import type { Database } from '../client';

/** Smallest parts of the currency. What is settled is the sum of both. */
export type WalletLine = { currency: Currency; availableMinor: bigint; reservedMinor: bigint };

/** One line a currency, in the order of the assets; zero where the person has had no cash yet. */
export async function listWallets(db: Database, investorId: bigint): Promise<WalletLine[]> {
  const rows = await db
    .select({ code: assets.code, available: wallets.available, reserved: wallets.reserved })
    .from(assets)
    .leftJoin(wallets, and(eq(wallets.assetId, assets.id), eq(wallets.investorId, investorId)))
    .where(eq(assets.kind, 'CURRENCY'))
    .orderBy(asc(assets.id));
  return rows.map((row) => ({
    currency: currencyOf(row.code),
    availableMinor: row.available ?? 0n,
    reservedMinor: row.reserved ?? 0n,
  }));
}

/** Assets are data; the currencies among them are those that the domain knows. Throws on another. */
export function currencyOf(code: string): Currency {
  const known = CURRENCIES.find((currency) => currency === code);
  if (!known) throw new Error(`The asset ${code} is no currency of this site.`);
  return known;
}

/** Yen for a dollar × 10,000, and the spread to each side in hundredths of a yen. */
export type MidRateLine = { rateDate: string; jpyPerUsdE4: bigint; spreadSen: number };

/** The newest mid rate 仲値 that is published by now, or null before the first. */
export async function getNewestMidRate(db: Database): Promise<MidRateLine | null> {
  const [row] = await db
    .select({ rateDate: fxRates.rateDate, jpyPerUsdE4: fxRates.jpyPerUsdE4, spreadSen: fxRates.spreadSen })
    .from(fxRates)
    .where(lte(fxRates.publishedAt, sql`app_now()`))
    .orderBy(desc(fxRates.rateDate))
    .limit(1);
  return row ?? null;
}
