import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import type { SubscriptionPage } from '@/db/queries/investor-pages';
import { withdrawableUntil } from '@/lib/domain/subscriptions/decide';
import { formatDeadline, formatInstant, formatUnits } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';

/** What waits for what, and until when, as long as nothing is in the books. */
export async function WhatNext({ locale, page }: { locale: Locale; page: SubscriptionPage }) {
  const t = await getTranslations('subscription.next');
  const { offering, draw, allotment, subscriptions, frozen } = page;
  const { phase, state, demand, unitDecimals } = offering;
  if (phase === 'CANCELLED')
    return (
      <Callout tone="notice" title={t('cancelled')}>
        {t('cancelled-note')}
      </Callout>
    );
  if (!subscriptions.some((subscription) => subscription.state === 'ACTIVE')) {
    return (
      <Callout title={t('nothing')}>
        <p>{t('nothing-note')}</p>
        {phase === 'OPEN' && !frozen && (
          <div>
            <LinkButton href={localePath(locale, `/buy/${offering.slug}`)}>{t('again')}</LinkButton>
          </div>
        )}
      </Callout>
    );
  }
  if (phase === 'OPEN') {
    return (
      <Callout title={t('open', { closes: formatDeadline(locale, offering.closesAt) })}>
        <p>{t('open-note')}</p>
        {demand && (
          <p>
            {t('demand', {
              units: formatUnits(locale, demand.units, unitDecimals),
              size: formatUnits(locale, offering.sizeUnits, unitDecimals),
              people: demand.applicants,
              at: formatInstant(locale, demand.at),
            })}
          </p>
        )}
      </Callout>
    );
  }
  if (allotment || state === 'ALLOTTED') return <Callout title={t('booking')}>{t('booking-note')}</Callout>;
  if (!draw) {
    const until = formatDeadline(locale, withdrawableUntil(offering));
    if (offering.readAt < withdrawableUntil(offering))
      return <Callout title={t('withdrawable', { until })}>{t('withdrawable-note')}</Callout>;
    return <Callout title={t('closed')}>{t('closed-note', { until })}</Callout>;
  }
  return (
    <Callout title={t('listed')}>
      <p>
        {t('listed-note', {
          people: draw.applicants,
          units: formatUnits(locale, draw.appliedUnits, unitDecimals),
          size: formatUnits(locale, offering.sizeUnits, unitDecimals),
        })}
      </p>
      <p>{t('draw-note', { deadline: formatDeadline(locale, draw.revealDeadline) })}</p>
    </Callout>
  );
}
