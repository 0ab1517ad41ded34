import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Section } from '@/components/ui/section';
import type { OverviewPage } from '@/db/queries/investor-pages';
import { formatMoney } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';
import { ownCurrencyFirst } from '@/lib/i18n/own-first';

export async function Wallets({ locale, page }: { locale: Locale; page: OverviewPage }) {
  const t = await getTranslations('overview.cash');
  return (
    <Section id="cash" title={t('title')}>
      <dl className="max-w-140 divide-y divide-line border-y border-line">
        {ownCurrencyFirst(locale, page.wallets).map(({ currency, availableMinor, reservedMinor }) => (
          <div key={currency} className="flex flex-wrap justify-between gap-x-6 py-3">
            <dt>{t(currency)}</dt>
            <dd className="text-right">
              <span className="figures font-700">{formatMoney(locale, availableMinor, currency)}</span>
              {reservedMinor > 0n && (
                <span className="block text-[0.875rem] text-soft">
                  {t('reserved', { amount: formatMoney(locale, reservedMinor, currency) })}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p>
        <Link href={localePath(locale, '/cash')}>{t('go')}</Link>
      </p>
    </Section>
  );
}
