import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { type Period, periodsOf } from '@/lib/domain/fund/price-history';
import type { Locale } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import type { ClassNav } from '@/lib/public-data/fund';

/** Class and period, each a row of links: the choice stands in the address. */
export async function Choosers({
  locale,
  classes,
  unit,
  period,
}: {
  locale: Locale;
  classes: readonly ClassNav[];
  unit: ClassNav;
  period: Period;
}) {
  const t = await getTranslations('fund.prices');
  const to = (code: string, chosen: Period): Route =>
    localePath(locale, `/fund/prices/${code.toLowerCase()}/${chosen}`);
  return (
    <div className="grid gap-4" data-screen-only>
      <Chooser
        label={t('choose-class')}
        choices={classes
          .filter(({ prices }) => prices.length > 1)
          .map((one) => ({
            label: one.name[locale],
            // A younger class may not reach back as far.
            href: to(one.code, periodsOf(one.prices).includes(period) ? period : 'all'),
            chosen: one.code === unit.code,
          }))}
      />
      <Chooser
        label={t('choose-period')}
        choices={periodsOf(unit.prices).map((one) => ({
          label: t(`period.${one}`),
          href: to(unit.code, one),
          chosen: one === period,
        }))}
      />
    </div>
  );
}

function Chooser({
  label,
  choices,
}: {
  label: string;
  choices: readonly { label: string; href: Route; chosen: boolean }[];
}) {
  return (
    <nav aria-label={label} className="grid gap-1 sm:grid-cols-[6rem_1fr] sm:items-center">
      <span aria-hidden="true" className="text-[0.875rem] text-soft">
        {label}
      </span>
      <ul className="flex flex-wrap gap-2">
        {choices.map((choice) => (
          <li key={choice.href}>
            <Link
              data-plain
              href={choice.href}
              scroll={false}
              aria-current={choice.chosen ? 'page' : undefined}
              className="inline-flex min-h-11 items-center rounded-8 border border-line-strong px-3 text-accent hover:bg-accent-soft aria-[current]:border-2 aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:font-700 aria-[current]:text-ink"
            >
              {choice.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
