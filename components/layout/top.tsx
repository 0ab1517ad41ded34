import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { Locale } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import { Mark } from './mark';

/** The first thing that a keyboard reaches on every page. */
export async function SkipLink({ locale }: { locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'common' });
  return (
    <a
      href="#content"
      className="sr-only focus:not-sr-only focus:absolute focus:left-4 focus:top-2 focus:z-10 focus:bg-surface focus:p-3"
    >
      {t('skip')}
    </a>
  );
}

/** On every page, in print too: nothing here is real money. */
export async function SimulationBanner({ locale }: { locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'common' });
  return (
    <p className="bg-notice-soft px-4 py-1.5 text-balance text-center text-[0.875rem] leading-150 text-ink [word-break:auto-phrase] print:border print:border-ink">
      {t('simulation')}
    </p>
  );
}

/** The mark and the name, which lead home. */
export async function Brand({ locale }: { locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'common' });
  return (
    <Link data-plain href={localePath(locale, '')} className="flex min-h-11 items-center gap-2 text-[1.25rem] font-700">
      <Mark />
      {t('name')}
    </Link>
  );
}
