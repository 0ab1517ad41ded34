import { getTranslations } from 'next-intl/server';
import { Facts } from '@/components/ui/facts';
import { SectionHeading } from '@/components/ui/heading';
import type { SubscriptionView } from '@/db/queries/subscriptions';
import type { OrderTerms } from '@/lib/domain/orders/decide';
import { formatMoney, formatSignedMoney, formatSignedUnits, formatUnits } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import type { Ticket } from '../ticket';

/** The change of a subscription: what stood, what will, and the cash that is set aside beyond it or released. */
export async function WhatChanges({
  locale,
  offering,
  change,
  terms,
}: {
  locale: Locale;
  offering: Ticket['offering'];
  change: SubscriptionView;
  terms: OrderTerms;
}) {
  const t = await getTranslations('buy.window.change');
  const { currency, unitDecimals } = offering;
  const units = (value: bigint) => formatUnits(locale, value, unitDecimals);
  const money = (minor: bigint) => formatMoney(locale, minor, currency);
  const unitsMore = terms.units - change.units;
  const minorMore = terms.amountMinor - change.reservedMinor;
  return (
    <section className="grid gap-4">
      <SectionHeading>{t('title')}</SectionHeading>
      <Facts
        items={[
          {
            term: t('units'),
            value: t('from-to', { from: units(change.units), to: units(terms.units) }),
            note: unitsMore === 0n ? t('same') : formatSignedUnits(locale, unitsMore, unitDecimals),
          },
          {
            term: t('reserved'),
            value: t('from-to', { from: money(change.reservedMinor), to: money(terms.amountMinor) }),
            note: minorMore === 0n ? t('same') : formatSignedMoney(locale, minorMore, currency),
          },
        ]}
      />
      {minorMore !== 0n && (
        <p className="font-700">
          {minorMore > 0n ? t('more', { amount: money(minorMore) }) : t('less', { amount: money(-minorMore) })}
        </p>
      )}
    </section>
  );
}
