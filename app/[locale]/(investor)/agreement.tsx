import { getTranslations } from 'next-intl/server';
import { Facts } from '@/components/ui/facts';
import { CheckField } from '@/components/ui/field';
import { formatInstant } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';

/** Beside the button of an order that buys: when this version of the prospectus was agreed to, or the box that agrees. Nobody is asked twice. */
export async function Agreement({
  locale,
  agreedAt,
  version,
}: {
  locale: Locale;
  agreedAt: Date | null;
  version: number;
}) {
  const t = await getTranslations('buy.review');
  if (!agreedAt) return <CheckField name="consent" label={t('consent', { version })} />;
  const value = t('agreed-value', { at: formatInstant(locale, agreedAt), version });
  return <Facts items={[{ term: t('agreed'), value, note: t('agreed-note') }]} />;
}
