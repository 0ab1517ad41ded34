import { getTranslations } from 'next-intl/server';
import { type ReactNode, Suspense } from 'react';
import type { Locale } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import type { NavItem } from './chrome';
import { DeskMenu } from './desk-menu';
import { LanguageLink, LanguageSwitch } from './language-switch';
import { NavLink, PlainLink } from './nav-link';
import { Brand, SimulationBanner, SkipLink } from './top';

const LINK =
  'flex min-h-11 items-center border-l-4 border-transparent px-4 py-2 hover:bg-accent-soft aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:font-700';

/** What the pages of the desk have around them: dense, wide, with a side bar that folds away on a phone. */
export async function DeskChrome({
  locale,
  items,
  who,
  children,
}: {
  locale: Locale;
  /** The first is the desk's own start. Empty for who is not of the staff. */
  items: NavItem[];
  /** Who is signed in, in words; null for who is not of the staff. */
  who: ReactNode;
  children: ReactNode;
}) {
  const t = await getTranslations({ locale, namespace: 'common' });
  const desk = await getTranslations({ locale, namespace: 'desk' });
  const places = <Places locale={locale} items={items} />;
  return (
    <>
      <SkipLink locale={locale} />
      <header className="border-b-3 border-double border-line-strong">
        <SimulationBanner locale={locale} />
        <div className="flex flex-wrap items-center gap-x-6 gap-y-1 px-4 py-1">
          <Brand locale={locale} />
          {who && <p className="text-[0.875rem] text-soft">{who}</p>}
          <div data-screen-only className="ml-auto flex items-center gap-1 sm:gap-2">
            <Suspense fallback={<LanguageLink locale={locale} label={t('switch-language')} />}>
              <LanguageSwitch locale={locale} label={t('switch-language')} />
            </Suspense>
            {who && (
              <Suspense>
                <NavLink
                  href={localePath(locale, '/account')}
                  className="inline-flex min-h-11 items-center px-2 underline underline-offset-4"
                >
                  {t('nav.account')}
                </NavLink>
              </Suspense>
            )}
          </div>
        </div>
        {items.length > 0 && (
          <Suspense>
            <DeskMenu label={desk('menu')}>
              <nav aria-label={desk('menu')}>{places}</nav>
            </DeskMenu>
          </Suspense>
        )}
      </header>
      <div className={`grid grow ${items.length > 0 ? 'lg:grid-cols-[13rem_minmax(0,1fr)]' : ''}`}>
        {items.length > 0 && (
          <nav aria-label={desk('menu')} className="hidden border-r border-line bg-sunken py-4 lg:block">
            {places}
          </nav>
        )}
        <main id="content" tabIndex={-1} className="grid min-w-0 content-start gap-6 px-4 py-6 lg:px-8">
          {children}
        </main>
      </div>
    </>
  );
}

function Places({ locale, items }: { locale: Locale; items: NavItem[] }) {
  return (
    <ul className="text-[0.9375rem]">
      {items.map((item, index) => {
        const href = localePath(locale, item.path);
        return (
          <li key={item.path}>
            <Suspense fallback={<PlainLink {...{ href, className: LINK }}>{item.label}</PlainLink>}>
              {/* Every other place lies below the start, which is current only where the reader is on it. */}
              <NavLink href={href} className={LINK} exact={index === 0}>
                {item.label}
              </NavLink>
            </Suspense>
          </li>
        );
      })}
    </ul>
  );
}
