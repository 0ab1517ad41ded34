'use client';

import { formatMoney, formatUnits } from '@/lib/i18n/format';
import { useTyped } from '../../use-typed';
import { type EstimateTerms, estimateOrder } from './estimate-order';

export type EstimateLabels = Record<
  'title' | 'waiting' | 'pay' | 'get' | 'keep' | 'short' | 'few' | 'many' | 'lots',
  string
>;

/**
 * What the order would be while it is typed: the same exact integers as the server's. Without JavaScript the review page says it, and `waiting`
 * tells so.
 */
export function Estimate({ locale, terms, labels, noscript }: EstimateProps) {
  const { place, typed } = useTyped(['kind', 'amount', 'units'] as const);
  const estimate = estimateOrder(terms, typed);
  const figures = estimate?.figures;
  const rows = figures && [
    [labels.pay, formatMoney(locale, figures.payMinor, terms.currency)],
    [labels.get, formatUnits(locale, figures.units, terms.unitDecimals)],
    [labels.keep, formatMoney(locale, figures.keepMinor, terms.currency)],
  ];
  return (
    <section ref={place} aria-label={labels.title} className="grid content-start gap-1 rounded-8 bg-sunken p-4">
      <h2 className="font-700">{labels.title}</h2>
      <output className="grid min-h-28 content-start gap-1 noscript:hidden" aria-live="polite">
        {rows ? (
          <dl className="grid grid-cols-[1fr_auto] gap-x-4">
            {rows.map(([term, value]) => (
              <div key={term} className="contents">
                <dt className="text-soft">{term}</dt>
                <dd className="figures text-right font-700">{value}</dd>
              </div>
            ))}
          </dl>
        ) : (
          !estimate && <p className="text-soft">{labels.waiting}</p>
        )}
        {estimate?.trouble && <p className="font-700 text-danger">{labels[estimate.trouble]}</p>}
      </output>
      <noscript>
        <p className="text-soft">{noscript}</p>
      </noscript>
    </section>
  );
}

type EstimateProps = {
  locale: 'en' | 'ja';
  terms: EstimateTerms;
  labels: EstimateLabels;
  /** What stands there without JavaScript. */
  noscript: string;
};
