import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { type ReactNode, Suspense } from 'react';
import type { Locale } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import { LanguageSwitch } from './language-switch';
import { Mark } from './mark';

export type NavItem = { path: `/${string}`; label: string };

/** What every page has around it: the skip link, the simulation banner, the header with its navigation, the footer. */
export async function Chrome({
  locale,
  items,
  aside,
  bottomBar,
  children,
}: {
  locale: Locale;
  items: NavItem[];
  /** What stands at the header's end: sign in, or the person's menu. */
  aside: ReactNode;
  bottomBar?: ReactNode;
  children: ReactNode;
}) {
  const t = await getTranslations({ locale, namespace: 'common' });
  return (
    <>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:left-4 focus:top-2 focus:z-10 focus:bg-surface focus:p-3"
      >
        {t('skip')}
      </a>
      <p className="border-b border-line bg-notice-soft px-4 py-1 text-center text-[0.875rem] text-ink">
        {t('simulation')}
      </p>
      <header className="border-b border-line">
        <div className="mx-auto flex max-w-280 flex-wrap items-center gap-x-6 gap-y-1 px-4 py-2">
          <Link
            data-plain
            href={localePath(locale, '')}
            className="flex min-h-11 items-center gap-2 text-[1.125rem] font-700"
          >
            <Mark />
            <span lang={locale === 'ja' ? 'ja' : 'en'}>{t('name')}</span>
          </Link>
          <nav
            aria-label={t('nav-label')}
            className={`order-last w-full flex-wrap gap-x-5 sm:order-none sm:flex sm:w-auto sm:flex-1 ${bottomBar ? 'hidden' : 'flex'}`}
          >
            {items.map((item) => (
              <Link
                key={item.path}
                data-plain
                href={localePath(locale, item.path)}
                className="inline-flex min-h-11 items-center underline-offset-4 hover:underline"
              >
                {item.label}
              </Link>
            ))}
          </nav>
          <div className="ml-auto flex items-center gap-2">
            <Suspense fallback={<span className="inline-block min-h-11 w-16" />}>
              <LanguageSwitch locale={locale} label={t('switch-language')} />
            </Suspense>
            {aside}
          </div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto grid max-w-280 content-start gap-8 px-4 py-8 sm:py-12">
        {children}
      </main>
      <footer className="mt-8 border-t border-line bg-sunken">
        <div className="mx-auto grid max-w-280 gap-3 px-4 py-8 text-[0.875rem] text-soft">
          <p className="measure">{t('footer.what')}</p>
          <nav aria-label={t('footer.label')} className="flex flex-wrap gap-x-6">
            {(['about', 'documents', 'accessibility'] as const).map((page) => (
              <Link key={page} href={localePath(locale, `/${page}`)} className="inline-flex min-h-11 items-center">
                {t(`footer.${page}`)}
              </Link>
            ))}
          </nav>
        </div>
      </footer>
      {bottomBar}
    </>
  );
}
