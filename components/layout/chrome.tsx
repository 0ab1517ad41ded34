import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { type ReactNode, Suspense } from 'react';
import type { Locale } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import { LanguageLink, LanguageSwitch } from './language-switch';
import { Mark } from './mark';
import { NavLink, PlainLink } from './nav-link';
import { Brand, SimulationBanner, SkipLink } from './top';

export type NavItem = { path: `/${string}`; label: string };

const LINK =
  'inline-flex min-h-11 items-center border-b-3 border-transparent hover:border-line-strong aria-[current]:border-accent aria-[current]:font-700';

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
      <SkipLink locale={locale} />
      <header className="border-b-3 border-double border-line-strong">
        <SimulationBanner locale={locale} />
        <div className="mx-auto flex max-w-280 flex-wrap items-center gap-x-4 gap-y-1 sm:gap-x-8 px-4 py-2">
          <Brand locale={locale} />
          {items.length > 0 && (
            <nav
              aria-label={t('nav-label')}
              className={`order-last w-full flex-wrap gap-x-6 sm:order-none sm:flex sm:w-auto sm:flex-1 ${bottomBar ? 'hidden' : 'flex'}`}
            >
              {items.map((item) => (
                <Suspense
                  key={item.path}
                  fallback={
                    <PlainLink href={localePath(locale, item.path)} className={LINK}>
                      {item.label}
                    </PlainLink>
                  }
                >
                  <NavLink href={localePath(locale, item.path)} className={LINK}>
                    {item.label}
                  </NavLink>
                </Suspense>
              ))}
            </nav>
          )}
          <div data-screen-only className="ml-auto flex items-center gap-1 sm:gap-2">
            <Suspense fallback={<LanguageLink locale={locale} label={t('switch-language')} />}>
              <LanguageSwitch locale={locale} label={t('switch-language')} />
            </Suspense>
            {aside}
          </div>
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto grid w-full max-w-280 grow content-start gap-8 px-4 py-8 sm:py-12"
      >
        {children}
      </main>
      <footer className="border-t border-line bg-sunken">
        <div className="mx-auto grid max-w-280 gap-x-12 gap-y-4 px-4 py-10 text-[0.875rem] text-soft lg:grid-cols-[1fr_auto]">
          <div className="flex items-start gap-3">
            <Mark className="size-8 shrink-0 text-ink" />
            <p className="measure">{t('footer.what')}</p>
          </div>
          <nav aria-label={t('footer.label')} className="flex flex-wrap gap-x-6 lg:flex-col">
            {(['governance', 'calendar', 'about', 'documents', 'accessibility'] as const).map((page) => (
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
