import { getTranslations } from 'next-intl/server';
import { type Locale, localePath } from '@/lib/i18n/locale';
import { Instead } from '../../instead';

/** For whoever wants to amend an order that cannot be any more, or never was theirs: nothing is told of which. */
export async function TooLate({ locale, order }: { locale: Locale; order: string }) {
  const t = await getTranslations('deal.change');
  return (
    <Instead
      title={t('too-late')}
      note={t('too-late-note')}
      go={t('too-late-go')}
      href={localePath(locale, `/orders/${order}`)}
    />
  );
}
