/**
 * The fund's net assets 純資産総額 in dollars, and what of them belongs to a class and to a unit (DOMAIN §2). Integers alone; each rounding is named
 * where it is done. `value_classes` in db/functions/valuation-figures.sql is the same arithmetic; a test holds the two together.
 */
import { floorDiv, halfUpDiv } from '../money/rounding';
import type { Currency } from '../states';

/** Of the arithmetic below. A valuation keeps the one that it was made with. */
export const VALUATION_RULE = 1;

/** What the fund has and owes. Sums are US cents. */
export type Balance = {
  portfolioUsdMinor: bigint;
  /** The fund's own money. */
  cashUsdMinor: bigint;
  /** What citizens paid for units, as the ledger has it: dollars in cents, and whole yen. */
  citizensUsdMinor: bigint;
  citizensJpyMinor: bigint;
  debtUsdMinor: bigint;
  /** Trust fee 運用管理費用 that has accrued and is not paid yet. */
  feesUsdMinor: bigint;
};

/** Yen as cents at the mid rate (yen for a dollar × 10,000): down, so that an asset is not put higher than it is. */
export const yenInUsdMinor = (jpyMinor: bigint, jpyPerUsdE4: bigint): bigint =>
  floorDiv(jpyMinor * 1_000_000n, jpyPerUsdE4);

/** Assets less debt less accrued fees, US cents. It may be nothing or less: that is for the check to stop. */
export const netAssets = (balance: Balance, jpyPerUsdE4: bigint): bigint =>
  balance.portfolioUsdMinor +
  balance.cashUsdMinor +
  balance.citizensUsdMinor +
  yenInUsdMinor(balance.citizensJpyMinor, jpyPerUsdE4) -
  balance.debtUsdMinor -
  balance.feesUsdMinor;

/** A class, its units in issue, and the dollars that a quote unit stood for on the first day: what the classes' claims are weighed with. */
export type ClassUnits = {
  id: number;
  currency: Currency;
  quoteUnits: bigint;
  /** Decimals of the price beyond whole currency. */
  priceDecimals: number;
  units: bigint;
  /** Dollars × 10^12 for a quote unit at its first price and the first mid rate. */
  parUsdE12: bigint;
};

export type ClassValue = {
  id: number;
  netAssetsUsdMinor: bigint;
  /** Smallest part of the class currency. */
  netAssetsMinor: bigint;
  /** NAV per quote unit 基準価額, with the class's price decimals. */
  price: bigint;
};

export type FundValue = {
  classes: ClassValue[];
  /** The treasuries' and partners' part, which takes what rounding leaves. */
  ownersUsdMinor: bigint;
};

const CENTS = 100n;
const RATE = 10_000n;

/** The first price of a quote unit in dollars × 10^12, halves up. `price` has `priceDecimals`; the rate is that of the first day. */
export function parUsdE12(currency: Currency, price: bigint, priceDecimals: number, jpyPerUsdE4: bigint): bigint {
  const scale = 10n ** BigInt(priceDecimals);
  return currency === 'USD'
    ? halfUpDiv(price * 10n ** 12n, scale)
    : halfUpDiv(price * 10n ** 12n * RATE, scale * jpyPerUsdE4);
}

/** Claims are counted in dollars × 10^16, in which units of classes that quote 10,000 or a part of it are whole. */
const FINE = 10_000n;
const CENT_E16 = 10n ** 14n;

/** The claim of a class: its units at par, down. */
const claimOf = ({ units, parUsdE12: par, quoteUnits }: ClassUnits): bigint => floorDiv(units * par * FINE, quoteUnits);

/**
 * Divides net assets by claims. `ownersParUsdMinor` is what treasuries and partners put in at the first price. A class gets its part rounded down to
 * the smallest part of its money; the owners get the rest, so that all parts sum to the whole. A price is rounded half up, as a 基準価額 is.
 *
 * Throws a RangeError where nobody has a claim.
 */
export function valueFund(
  netAssetsUsdMinor: bigint,
  jpyPerUsdE4: bigint,
  ownersParUsdMinor: bigint,
  classes: readonly ClassUnits[],
): FundValue {
  const total = classes.reduce((sum, unit) => sum + claimOf(unit), ownersParUsdMinor * CENT_E16);
  if (total <= 0n) throw new RangeError('Nobody has a claim on the fund.');
  const values = classes.map((unit): ClassValue => {
    const inUsd = unit.currency === 'USD';
    const claim = claimOf(unit);
    const netUsd = floorDiv(netAssetsUsdMinor * claim, total);
    const scale = 10n ** BigInt(unit.priceDecimals);
    const perQuote = netAssetsUsdMinor * unit.parUsdE12 * FINE * scale;
    return {
      id: unit.id,
      netAssetsUsdMinor: netUsd,
      netAssetsMinor: inUsd ? netUsd : floorDiv(netAssetsUsdMinor * claim * jpyPerUsdE4, total * CENTS * RATE),
      price: inUsd ? halfUpDiv(perQuote, total * CENTS) : halfUpDiv(perQuote * jpyPerUsdE4, total * CENTS * RATE),
    };
  });
  return {
    classes: values,
    ownersUsdMinor: values.reduce((rest, { netAssetsUsdMinor: part }) => rest - part, netAssetsUsdMinor),
  };
}
