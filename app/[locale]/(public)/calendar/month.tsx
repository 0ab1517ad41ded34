import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { reasonsText } from '@/components/finance/skipped-days';
import { closuresOn } from '@/lib/domain/calendar/dealing-days';
import type { HolidayCalendar } from '@/lib/domain/calendar/holidays';
import { addMonths, type IsoMonth, weeksOf } from '@/lib/domain/calendar/month';
import type { Locale } from '@/lib/domain/states';
import { formatDate, formatDay, formatMonth, formatWeekday, inParentheses } from '@/lib/i18n/format';
import { localePath } from '@/lib/i18n/locale';

type Shown = { locale: Locale; month: IsoMonth; calendar: HolidayCalendar };

const isNoWeekend = (date: string, calendar: HolidayCalendar) =>
  closuresOn(date, calendar).every(({ why }) => why !== 'WEEKEND');

/** A month as a calendar on a wall, and below it in words why each weekday that is shaded has no dealing. */
export async function Month({
  today,
  years,
  ...shown
}: Shown & { today: string; years: { first: number; last: number } }) {
  const { locale, month, calendar } = shown;
  const t = await getTranslations('calendar.month');
  const weeks = weeksOf(month);
  const closed = weeks
    .flat()
    .filter((date) => date !== null)
    .filter((date) => closuresOn(date, calendar).length > 0 && isNoWeekend(date, calendar));
  const reasons = await Promise.all(closed.map((date) => reasonsText(locale, closuresOn(date, calendar))));
  const turns = [addMonths(month, -1), addMonths(month, 1)].filter(
    (other) => Number(other.slice(0, 4)) >= years.first && Number(other.slice(0, 4)) <= years.last,
  );
  const named = { month: formatMonth(locale, month) };
  return (
    <>
      <nav aria-label={t('choose')} className="flex flex-wrap justify-between gap-x-6">
        {turns.map((other) => (
          <Link
            key={other}
            href={localePath(locale, `/calendar?month=${other}#month`)}
            className="inline-flex min-h-11 items-center"
          >
            {other < month ? '← ' : ''}
            {formatMonth(locale, other)}
            {other > month ? ' →' : ''}
          </Link>
        ))}
      </nav>
      <table className="w-full max-w-180 table-fixed">
        <caption className="pb-2 text-left text-[1.125rem] font-700">
          <span aria-hidden="true">{named.month}</span>
          <span className="sr-only">{t('caption', named)}</span>
        </caption>
        <thead>
          <tr className="border-b border-line-strong">
            {/* The first week of 2023 began on its first day, a Sunday. */}
            {[1, 2, 3, 4, 5, 6, 7].map((day) => (
              <th key={day} scope="col" className="py-2 text-[0.875rem] font-400 text-soft">
                <span aria-hidden="true">{formatWeekday(locale, `2023-01-0${day}`, 'short')}</span>
                <span className="sr-only">{formatWeekday(locale, `2023-01-0${day}`, 'long')}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.find((date) => date !== null)} className="border-b border-line">
              {week.map((date, column) =>
                date === null ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: an empty field is nothing but its place.
                  <td key={column} />
                ) : (
                  <Day key={date} {...shown} date={date} today={date === today} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="measure text-[0.875rem] text-soft">{t('legend')}</p>
      {closed.length > 0 ? (
        <div className="grid gap-2">
          <h3 className="font-700">{t('list', named)}</h3>
          <ul className="divide-y divide-line border-y border-line">
            {closed.map((date, index) => (
              <li
                key={date}
                id={`closed-${date}`}
                className="grid gap-x-6 py-3 target:bg-notice-soft sm:grid-cols-[12rem_1fr]"
              >
                <span className="font-700">{formatDay(locale, date)}</span>
                <span>{reasons[index]}</span>
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <p>{t('list-none', named)}</p>
      )}
    </>
  );
}

/** A field of the month. A weekday without dealing leads to its reason below; what shading says, hidden words say too. */
async function Day({ locale, date, today, calendar }: Shown & { date: string; today: boolean }) {
  const t = await getTranslations('calendar.month');
  const closures = closuresOn(date, calendar);
  const dealing = closures.length === 0;
  const marks = closures.flatMap((closure) => (closure.why === 'HOLIDAY' ? [t(`mark.${closure.country}`)] : []));
  const face = (
    <>
      <span aria-hidden="true" className={today ? 'rounded-8 outline-2 outline-accent px-1' : 'px-1'}>
        {Number(date.slice(8))}
      </span>
      <span className="sr-only">
        {`${formatDate(locale, date)}${today ? inParentheses(locale, t('today')) : ''} `}
        {dealing ? t('dealing') : t('none')}
      </span>
      {marks.map((mark) => (
        <span key={mark} className="block text-[0.75rem] leading-120 font-400">
          {mark}
        </span>
      ))}
    </>
  );
  const look = 'flex min-h-15 flex-col items-center justify-start py-2 text-center tabular-nums';
  return (
    <td
      aria-current={today ? 'date' : undefined}
      className={dealing ? 'font-700' : 'border-x border-surface bg-sunken text-soft'}
    >
      {!dealing && isNoWeekend(date, calendar) ? (
        <a href={`#closed-${date}`} className={look}>
          {face}
        </a>
      ) : (
        <span className={look}>{face}</span>
      )}
    </td>
  );
}
