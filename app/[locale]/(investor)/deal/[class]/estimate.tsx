'use client';

import { dealingAskedOf } from '@/lib/domain/dealing/asked';
import { type DealingEstimate, estimateDealing } from '@/lib/domain/dealing/estimate';
import type { ClassQuotation } from '@/lib/domain/orders/pricing';
import { formatMoney, formatUnits } from '@/lib/i18n/format';
import { useTyped } from '../../use-typed';
import { TICKET_KINDS } from './typed';

export type EstimateLabels = Record<
  | 'title'
  | 'waiting'
  | 'note'
  | 'units'
  | 'cost'
  | 'reserved'
  | 'sold'
  | 'gross'
  | 'levy'
  | 'payout'
  | 'short'
  | 'many',
  string
>;

type Terms = ClassQuotation & { levyE4: bigint; price: bigint; availableMinor: bigint; freeUnits: bigint };

/**
 * What the order would come to at the last published price while it is typed: the same exact integers as the server's. Without JavaScript the review
 * page says it, and `noscript` tells so.
 */
export function Estimate({ locale, terms, labels, noscript }: EstimateProps) {
  const { place, typed } = useTyped(['kind', 'amount', 'units'] as const);
  const kind = TICKET_KINDS.find((one) => one === typed.kind);
  const asked = kind && dealingAskedOf(terms, { ...typed, kind });
  const estimate =
    kind && asked?.ok && estimateDealing(kind, kind === 'SELL_ALL' ? terms.freeUnits : asked.value, terms.price, terms);
  const money = (minor: bigint) => formatMoney(locale, minor, terms.currency);
  const trouble =
    estimate &&
    (estimate.side === 'BUY'
      ? estimate.reservedMinor > terms.availableMinor && labels.short
      : estimate.units > terms.freeUnits && labels.many);
  return (
    <section ref={place} aria-label={labels.title} className="grid content-start gap-1 rounded-8 bg-sunken p-4">
      <h2 className="font-700">{labels.title}</h2>
      <output className="grid min-h-28 content-start gap-1 noscript:hidden" aria-live="polite">
        {estimate ? (
          <>
            <dl className="grid grid-cols-[1fr_auto] gap-x-4">
              {rowsOf(estimate, labels, money, (units) => formatUnits(locale, units, terms.unitDecimals)).map(
                ([term, value]) => (
                  <div key={term} className="contents">
                    <dt className="text-soft">{term}</dt>
                    <dd className="figures text-right font-700">{value}</dd>
                  </div>
                ),
              )}
            </dl>
            <p className="text-[0.875rem] text-soft">{labels.note}</p>
          </>
        ) : (
          <p className="text-soft">{labels.waiting}</p>
        )}
        {trouble && <p className="font-700 text-danger">{trouble}</p>}
      </output>
      <noscript>
        <p className="text-soft">{noscript}</p>
      </noscript>
    </section>
  );
}

function rowsOf(
  estimate: DealingEstimate,
  labels: EstimateLabels,
  money: (minor: bigint) => string,
  units: (parts: bigint) => string,
): [string, string][] {
  if (estimate.side === 'BUY')
    return [
      [labels.reserved, money(estimate.reservedMinor)],
      [labels.units, units(estimate.units)],
      [labels.cost, money(estimate.costMinor)],
    ];
  return [
    [labels.sold, units(estimate.units)],
    [labels.gross, money(estimate.grossMinor)],
    ...(estimate.levyMinor > 0n ? ([[labels.levy, money(estimate.levyMinor)]] as [string, string][]) : []),
    [labels.payout, money(estimate.payoutMinor)],
  ];
}

type EstimateProps = {
  locale: 'en' | 'ja';
  terms: Terms;
  labels: EstimateLabels;
  /** What stands there without JavaScript. */
  noscript: string;
};
