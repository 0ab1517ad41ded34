'use client';

import { type MidRate, quoteConversion } from '@/lib/domain/money/conversion';
import { parseAmount } from '@/lib/domain/money/parse';
import { formatMoney } from '@/lib/i18n/format';
import { useTyped } from '../../use-typed';

/** What a conversion would give while its amount is typed; the review works it out anew. */
export function ConversionEstimate({
  locale,
  midRate,
  labels,
  noscript,
}: {
  locale: 'en' | 'ja';
  midRate: MidRate;
  labels: { title: string; waiting: string };
  noscript: string;
}) {
  const { place, typed } = useTyped(['currency', 'amount'] as const);
  const from = typed.currency === 'JPY' ? 'JPY' : 'USD';
  const amount = parseAmount(typed.amount, from);
  const quote = amount.ok ? quoteConversion(amount.value, from, midRate) : undefined;
  return (
    <section ref={place} aria-label={labels.title} className="grid content-start gap-1 rounded-8 bg-sunken p-4">
      <h2 className="font-700">{labels.title}</h2>
      <output aria-live="polite" className="min-h-8">
        {quote ? (
          <span className="figures text-[1.25rem] font-700">{formatMoney(locale, quote.toAmountMinor, quote.to)}</span>
        ) : (
          <span className="text-soft">{labels.waiting}</span>
        )}
      </output>
      <noscript>
        <p className="text-soft">{noscript}</p>
      </noscript>
    </section>
  );
}
