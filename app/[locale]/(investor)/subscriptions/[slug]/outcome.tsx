import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Callout } from '@/components/ui/callout';
import { Facts } from '@/components/ui/facts';
import { Section } from '@/components/ui/section';
import type { SubscriptionPage } from '@/db/queries/investor-pages';
import type { AllotmentView } from '@/db/queries/subscriptions';
import { formatInstant, formatInteger, formatMoney, formatUnits } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';

type Shown = { locale: Locale; page: SubscriptionPage; allotment: AllotmentView };

/** After the allotment: what was asked, got, paid and given back, and where anybody can check it. */
export async function Outcome({ locale, page: { offering }, allotment }: Shown) {
  const t = await getTranslations('subscription.outcome');
  const { currency, unitDecimals } = offering;
  const units = (value: bigint) => formatUnits(locale, value, unitDecimals);
  const money = (minor: bigint) => formatMoney(locale, minor, currency);
  if (allotment.purpose === 'REFUND') {
    return (
      <Callout tone="notice" title={t('refunded')}>
        {t('refunded-note', { refund: money(allotment.refundMinor) })}
      </Callout>
    );
  }
  const got = allotment.units > 0n;
  return (
    <>
      <Callout
        tone={got ? 'good' : 'notice'}
        title={got ? t('got-title', { units: units(allotment.units) }) : t('lost-title')}
      >
        <p>{got ? t('got-note') : t('lost-note')}</p>
        {got && (
          <p>
            <Link href={localePath(locale, `/holdings/${offering.classCode.toLowerCase()}`)}>{t('holdings')}</Link>
          </p>
        )}
      </Callout>
      <Section id="outcome" title={t('title')}>
        <Facts
          items={[
            {
              term: t('asked'),
              value: units(allotment.subscribedUnits),
              figure: true,
              ...(allotment.countedUnits < allotment.subscribedUnits && {
                note: t('counted', { units: units(allotment.countedUnits) }),
              }),
            },
            {
              term: t('got'),
              value: units(allotment.units),
              figure: true,
              ...(allotment.extraLots > 0 && {
                note: t('extra', { lots: formatInteger(locale, allotment.extraLots) }),
              }),
            },
            { term: t('paid'), value: money(allotment.costMinor), figure: true },
            { term: t('refund'), value: money(allotment.refundMinor), note: t('refund-note'), figure: true },
            ...(allotment.bookedAt ? [{ term: t('booked'), value: formatInstant(locale, allotment.bookedAt) }] : []),
            {
              term: t('pseudonym'),
              value: <code className="font-mono break-all">{allotment.pseudonym}</code>,
              note: t('pseudonym-note'),
            },
          ]}
        />
        <p>
          <Link href={localePath(locale, `/offerings/${offering.slug}`)}>{t('public')}</Link>
        </p>
      </Section>
    </>
  );
}
