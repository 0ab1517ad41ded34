import { getTranslations } from 'next-intl/server';
import { type Locale, localePath } from '@/lib/i18n/locale';
import { Instead } from '../instead';

/** What stands in place of a review that has nothing to ask. */
export async function NoReview({
  locale,
  act,
  reason,
}: {
  locale: Locale;
  act: 'withdraw' | 'convert';
  reason: 'done' | 'lost';
}) {
  const t = await getTranslations('cash.review');
  return (
    <Instead
      title={t(reason)}
      note={t(`${reason}-note`)}
      go={t(`${reason}-go`)}
      href={localePath(locale, reason === 'done' ? '/cash' : `/cash/${act}`)}
    />
  );
}
