/** What both offering pages say of an offering, in the reader's figures. */
import { amountForUnits } from '@/lib/domain/orders/pricing';
import type { Locale } from '@/lib/domain/states';
import { formatMoney, formatPercentE4, formatPrice, formatUnits } from '@/lib/i18n/format';
import type { Offering } from '@/lib/public-data/offerings';

export type ShownPhase = 'OPEN' | 'SOLD_OUT' | 'UPCOMING' | 'CLOSED' | 'CANCELLED';

/** The phase, and whether anything is left where it is sold at once. A window collects until its close and cannot sell out. */
export function shownPhase(offering: Offering): ShownPhase {
  if (offering.phase === 'HIDDEN') return 'UPCOMING';
  if (offering.phase === 'OPEN' && offering.method === 'FIRST_COME' && offering.remainingUnits <= 0n) return 'SOLD_OUT';
  return offering.phase;
}

export const groupOf = (phase: ShownPhase): 'OPEN' | 'UPCOMING' | 'CLOSED' =>
  phase === 'OPEN' || phase === 'UPCOMING' ? phase : 'CLOSED';

export function offeringFigures(locale: Locale, offering: Offering) {
  const units = (count: bigint) => formatUnits(locale, count, offering.unitDecimals);
  const cost = (count: bigint) =>
    formatMoney(locale, amountForUnits(count, offering.price, offering), offering.currency);
  const price = (value: bigint) => formatPrice(locale, value, offering.currency, offering.priceDecimals);
  const soldUnits = offering.sizeUnits - offering.remainingUnits;
  return {
    price: price(offering.price),
    nav: offering.nav && { date: offering.nav.date, price: price(offering.nav.price) },
    minimum: { units: units(offering.minUnits), cost: cost(offering.minUnits) },
    maximum: { units: units(offering.maxUnits), cost: cost(offering.maxUnits) },
    lot: units(offering.lotUnits),
    size: units(offering.sizeUnits),
    upsize: units(offering.upsizeUnits),
    sold: units(soldUnits),
    left: units(offering.remainingUnits),
    /** Parts of a hundred, rounded down: what is not sold is never called sold. */
    soldPercent: formatPercentE4(locale, (soldUnits * 10_000n) / offering.sizeUnits, 1),
    soldShare: Number((soldUnits * 1_000n) / offering.sizeUnits) / 10,
  };
}
