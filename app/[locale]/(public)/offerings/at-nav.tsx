import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Section } from '@/components/ui/section';
import { periodsOf } from '@/lib/domain/fund/price-history';
import { formatDate, formatDay, formatInteger, formatPrice } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';
import type { CalendarClass } from '@/lib/public-data/calendar';
import type { ClassNav } from '@/lib/public-data/fund';

/** The classes as they deal at NAV, from when, and where orders are placed. Nothing before both sides have announced a first day. */
export async function AtNav({
  locale,
  classes,
  navs,
}: {
  locale: Locale;
  classes: readonly CalendarClass[];
  navs: readonly ClassNav[];
}) {
  const t = await getTranslations('offerings.nav');
  if (classes.every(({ dealingFrom }) => dealingFrom === null)) return null;
  return (
    <Section id="nav" title={t('title')} note={t('note')}>
      <p className="measure">{t('lead')}</p>
      <ul className="grid gap-8">
        {classes.map((unitClass) => (
          <li key={unitClass.code} className="border-b border-line pb-6 last:border-0 last:pb-0">
            <Class locale={locale} unitClass={unitClass} nav={navs.find(({ code }) => code === unitClass.code)} />
          </li>
        ))}
      </ul>
      <p>
        <Link href={localePath(locale, '/calendar')}>{t('calendar')}</Link>
      </p>
    </Section>
  );
}

async function Class({
  locale,
  unitClass: { code, name, country, dealingFrom },
  nav,
}: {
  locale: Locale;
  unitClass: CalendarClass;
  nav: ClassNav | undefined;
}) {
  const t = await getTranslations('offerings');
  const newest = nav?.prices.at(-1);
  const [period] = periodsOf(nav?.prices ?? []);
  const at = (place: string) => localePath(locale, `/${place}`);
  const own = code.toLowerCase();
  const links = [
    { href: at(`deal/${own}`), act: t('nav.buy') },
    { href: at(`deal/${own}?kind=SELL_UNITS`), act: t('nav.sell') },
    ...(period ? [{ href: at(`fund/prices/${own}/${period}`), act: t('nav.prices') }] : []),
  ];
  return (
    <article className="grid gap-4">
      <header className="grid gap-1">
        <h3 className="text-[1.25rem] font-700 leading-140">{name[locale]}</h3>
        <p className="text-soft">{t(`who.${country}`)}</p>
      </header>
      {dealingFrom ? (
        <>
          <dl className="grid grid-cols-2 gap-x-8 gap-y-4 sm:grid-cols-3">
            {nav && newest && (
              <div>
                <dt className="text-[0.875rem] text-soft">{t('nav.price')}</dt>
                <dd className="text-[1.125rem] font-700 whitespace-nowrap tabular-nums">
                  {formatPrice(locale, newest.price, nav.currency, nav.priceDecimals)}
                  <span className="block text-[0.875rem] font-400 text-soft">
                    {nav.unitDecimals > 0
                      ? t('quote.share')
                      : t('quote.units', { units: formatInteger(locale, nav.quoteUnits) })}
                  </span>
                  <span className="block text-[0.875rem] font-400 text-soft">{formatDate(locale, newest.date)}</span>
                </dd>
              </div>
            )}
            <div>
              <dt className="text-[0.875rem] text-soft">{t('nav.from')}</dt>
              <dd>{formatDay(locale, dealingFrom)}</dd>
            </div>
          </dl>
          <p className="flex flex-wrap gap-x-6">
            {links.map(({ href, act }) => (
              <Link
                key={href}
                href={href}
                aria-label={t('nav.of', { act, class: name[locale] })}
                className="inline-flex min-h-11 items-center"
              >
                {act}
              </Link>
            ))}
          </p>
        </>
      ) : (
        <p className="text-soft">{t('nav.not-yet')}</p>
      )}
    </article>
  );
}
