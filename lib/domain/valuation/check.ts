/**
 * What stops a day's valuation from being published by itself. `valuation_fault` in db/functions/valuation-check.sql decides the same under lock; a
 * test holds the two together.
 */
import { ceilDiv } from '../money/rounding';
import type { HoldReason } from '../states';

/** Of one class: as struck, as the model expects it, and the newest published one before; each with the class's price decimals. */
export type PriceCheck = { price: bigint | null; model: bigint | null; before: bigint };

/** Parts of ten thousand, of the covenant: how far from the model, and how far from the day before. */
export type Tolerances = { toleranceE4: bigint; jumpE4: bigint };

/** How far two prices are apart, parts of ten thousand of the second, rounded up: over a limit by a hair is over it. */
export const apartE4 = (price: bigint, from: bigint): bigint =>
  ceilDiv((price > from ? price - from : from - price) * 10_000n, from);

/** Null where nothing does. The reasons that joint approval cannot lift come first. */
export function valuationFault(
  facts: { hasRate: boolean; baseIsDayBefore: boolean; netAssetsUsdMinor: bigint; prices: readonly PriceCheck[] },
  { toleranceE4, jumpE4 }: Tolerances,
): HoldReason | null {
  if (!facts.baseIsDayBefore) return 'STALE';
  if (!facts.hasRate) return 'MISSING_RATE';
  if (facts.netAssetsUsdMinor <= 0n) return 'NOT_POSITIVE';
  const found = (test: (check: { price: bigint; model: bigint; before: bigint }) => boolean): boolean =>
    facts.prices.some(({ price, model, before }) => price !== null && model !== null && test({ price, model, before }));
  if (facts.prices.some(({ price }) => price === null || price <= 0n)) return 'NOT_POSITIVE';
  if (found(({ price, before }) => apartE4(price, before) > jumpE4)) return 'JUMP';
  // Without a price of the model there is nothing that vouches for the value.
  if (facts.prices.some(({ model }) => model === null || model <= 0n)) return 'OUT_OF_TOLERANCE';
  return found(({ price, model }) => apartE4(price, model) > toleranceE4) ? 'OUT_OF_TOLERANCE' : null;
}
