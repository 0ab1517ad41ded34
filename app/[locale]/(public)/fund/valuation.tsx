import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Callout } from '@/components/ui/callout';
import { Disclosure } from '@/components/ui/disclosure';
import { Facts } from '@/components/ui/facts';
import type { Locale } from '@/lib/domain/states';
import { formatDate, formatInstant, formatMoney, formatRate } from '@/lib/i18n/format';
import { localePath } from '@/lib/i18n/locale';
import { getValuation } from '@/lib/public-data/fund';

/** Of which day the newest published value is, what it is made of, and which days stand still and why. */
export async function Valuation({ locale }: { locale: Locale }) {
  const t = await getTranslations('fund.valuation');
  const common = await getTranslations('fund');
  const { newest, holds } = await getValuation();
  const sum = (value: bigint) => formatMoney(locale, value, 'USD');
  return (
    <div className="grid gap-6">
      {holds.length > 0 && (
        <Callout tone="notice" title={t('held-title')}>
          <ul className="grid gap-2">
            {holds.map(({ date, reason, since }) => (
              <li key={date}>
                {t('held', {
                  date: formatDate(locale, date),
                  reason: t(`reason.${reason}`),
                  since: formatInstant(locale, since),
                })}
              </li>
            ))}
          </ul>
          <p>{t('held-note')}</p>
        </Callout>
      )}
      {newest && (
        <>
          <Facts
            items={[
              { term: t('day'), value: formatDate(locale, newest.date) },
              {
                term: t('state'),
                value: t(
                  newest.source === 'CORRECTION' ? 'corrected' : newest.jointlyApproved ? 'approved' : 'published',
                ),
                note: t('published-at', { at: formatInstant(locale, newest.publishedAt) }),
              },
              { term: t('net-assets'), value: sum(newest.netAssetsUsdMinor), figure: true },
            ]}
          />
          <Disclosure summary={common('why')}>
            <p className="measure">{t('why')}</p>
            <Facts
              items={[
                { term: t('portfolio'), value: sum(newest.portfolioUsdMinor), figure: true },
                { term: t('cash'), value: sum(newest.cashUsdMinor), figure: true },
                { term: t('debt'), value: sum(-newest.debtUsdMinor), figure: true },
                { term: t('fees'), value: sum(-newest.feesUsdMinor), figure: true },
                { term: t('net-assets'), value: sum(newest.netAssetsUsdMinor), figure: true },
                {
                  term: t('rate'),
                  value: common('rate.value', { rate: formatRate(locale, newest.jpyPerUsdE4) }),
                  figure: true,
                },
              ]}
            />
            <p className="measure">{t('check')}</p>
            <p>
              <Link href={localePath(locale, '/governance')}>{t('limits')}</Link>
            </p>
          </Disclosure>
        </>
      )}
    </div>
  );
}
