import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Section } from '@/components/ui/section';
import { formatDay } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';
import type { CalendarClass } from '@/lib/public-data/calendar';

/** The classes as they deal at NAV, from when, and where orders are placed. Nothing before both sides have announced a first day. */
export async function AtNav({ locale, classes }: { locale: Locale; classes: readonly CalendarClass[] }) {
  const t = await getTranslations('offerings.nav');
  if (classes.every(({ dealingFrom }) => dealingFrom === null)) return null;
  return (
    <Section id="nav" title={t('title')} note={t('note')}>
      <p className="measure">{t('lead')}</p>
      <ul className="grid gap-6">
        {classes.map(({ code, name, dealingFrom }) => (
          <li key={code} className="grid gap-1">
            <h3 className="font-700">{name[locale]}</h3>
            {dealingFrom ? (
              <>
                <p className="text-soft">{t('from', { day: formatDay(locale, dealingFrom) })}</p>
                <p className="flex flex-wrap gap-x-6">
                  {(['buy', 'sell'] as const).map((act) => (
                    <Link
                      key={act}
                      href={localePath(
                        locale,
                        `/deal/${code.toLowerCase()}${act === 'sell' ? '?kind=SELL_UNITS' : ''}`,
                      )}
                      aria-label={t('of', { act: t(act), class: name[locale] })}
                      className="inline-flex min-h-11 items-center"
                    >
                      {t(act)}
                    </Link>
                  ))}
                </p>
              </>
            ) : (
              <p className="text-soft">{t('not-yet')}</p>
            )}
          </li>
        ))}
      </ul>
      <p>
        <Link href={localePath(locale, '/calendar')}>{t('calendar')}</Link>
      </p>
    </Section>
  );
}
