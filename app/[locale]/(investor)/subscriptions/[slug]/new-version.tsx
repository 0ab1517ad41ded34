import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Callout } from '@/components/ui/callout';
import type { SubscriptionPage } from '@/db/queries/investor-pages';
import { withdrawableUntil } from '@/lib/domain/subscriptions/decide';
import { formatDeadline } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';

/** For whoever subscribed before the prospectus changed, as long as they can do something about it. */
export async function NewVersion({ locale, page }: { locale: Locale; page: SubscriptionPage }) {
  const { offering, subscriptions, draw } = page;
  const until = withdrawableUntil(offering);
  const concerned = subscriptions.some(
    ({ state, termsVersion }) => state === 'ACTIVE' && termsVersion < offering.termsVersion,
  );
  if (!concerned || draw || offering.phase === 'CANCELLED' || offering.readAt >= until) return null;
  const t = await getTranslations('subscription.changed');
  const { slug, version, title } = offering.prospectus;
  return (
    <Callout tone="notice" title={t('title')}>
      <p>{t('what', { until: formatDeadline(locale, until) })}</p>
      <p>
        <Link href={localePath(locale, `/documents/${slug}/${version}`)}>
          {t('read', { title: title[locale], version: String(version) })}
        </Link>
      </p>
    </Callout>
  );
}
