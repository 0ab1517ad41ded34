import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { Deadline } from '@/components/finance/deadline';
import { recordDaysText } from '@/components/finance/record-days';
import { skippedText } from '@/components/finance/skipped-days';
import { alternates } from '@/components/layout/document';
import { Facts } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/heading';
import { Section } from '@/components/ui/section';
import { addDays, dealingDayFrom } from '@/lib/domain/calendar/dealing-days';
import { cutOffAt, dealingTimes, settlementDateOf } from '@/lib/domain/calendar/dealing-times';
import { calendarOf, type HolidayCalendar } from '@/lib/domain/calendar/holidays';
import { monthOf, readMonth } from '@/lib/domain/calendar/month';
import { nextRecordDate } from '@/lib/domain/calendar/record-dates';
import { localText } from '@/lib/domain/offerings/local-time';
import type { Country, Locale } from '@/lib/domain/states';
import { formatDay, formatInstant } from '@/lib/i18n/format';
import { asLocale } from '@/lib/i18n/locale';
import { ownCountryFirst } from '@/lib/i18n/own-first';
import { type CalendarClass, getCalendar, type HolidayChangeLine } from '@/lib/public-data/calendar';
import { Month } from './month';

/** The month is asked for in the address, and the page answers without script, so it waits for its answer instead of streaming it. */
export const instant = false;

const SHOWN_DAYS = 5;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('calendar');
  return {
    title: t('title'),
    description: t('lead'),
    alternates: alternates(asLocale(await rootLocale()), '/calendar'),
  };
}

export default async function CalendarPage({ searchParams }: PageProps<'/[locale]/calendar'>) {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('calendar');
  const [query, { classes, holidays, changes, years, readAt }] = await Promise.all([searchParams, getCalendar()]);
  const calendar = calendarOf(holidays);
  // The reader's own class and day first: they are most likely theirs.
  const sorted = ownCountryFirst(locale, classes);
  const today = localText(readAt, sorted[0]?.timeZone ?? 'UTC').slice(0, 10);
  const asked = readMonth(typeof query.month === 'string' ? query.month : undefined);
  const known = asked && Number(asked.slice(0, 4)) >= years.first && Number(asked.slice(0, 4)) <= years.last;
  const daysOf = (country: Country) => classes.find((one) => one.country === country)?.settlementDays ?? 0;
  return (
    <div className="grid gap-12 lg:gap-16">
      <PageHeading title={t('title')} lead={t('lead')} />
      <Section id="next" title={t('next.title')} note={t('next.note', { at: formatInstant(locale, readAt) })}>
        {sorted.map((unitClass) => (
          <NextCutOff key={unitClass.code} locale={locale} unitClass={unitClass} at={readAt} calendar={calendar} />
        ))}
      </Section>
      <Section id="month" title={t('month.title')}>
        <Month locale={locale} month={known ? asked : monthOf(today)} {...{ today, years, calendar }} />
      </Section>
      {changes.length > 0 && (
        <Section id="changes" title={t('changes.title')} note={t('changes.note')}>
          <Changes locale={locale} changes={changes} />
        </Section>
      )}
      <Section id="days" title={t('days.title')}>
        <NextDays locale={locale} classes={sorted} at={readAt} calendar={calendar} />
      </Section>
      <Section id="record-dates" title={t('record.title')} note={t('record.note')}>
        <RecordDates locale={locale} classes={sorted} today={today} calendar={calendar} />
      </Section>
      <Section id="rules" title={t('rules.title')}>
        <Facts
          items={[
            { term: t('rules.cut-off'), value: t('rules.cut-off-text') },
            { term: t('rules.price'), value: t('rules.price-text') },
            { term: t('rules.settlement'), value: t('rules.settlement-text', { us: daysOf('US'), jp: daysOf('JP') }) },
            { term: t('rules.holidays'), value: t('rules.holidays-text') },
          ]}
        />
      </Section>
    </div>
  );
}

async function NextCutOff({
  locale,
  unitClass,
  at,
  calendar,
}: {
  locale: Locale;
  unitClass: CalendarClass;
  at: Date;
  calendar: HolidayCalendar;
}) {
  const t = await getTranslations('calendar.next');
  const times = dealingTimes(at, unitClass, calendar);
  const skipped = await Promise.all(times.skipped.map((day) => skippedText(locale, day)));
  return (
    <Facts
      items={[
        { term: t('of', { name: unitClass.name[locale] }), value: <Deadline locale={locale} at={times.cutOffAt} /> },
        { term: t('dealing'), value: formatDay(locale, times.dealingDate) },
        { term: t('settlement'), value: formatDay(locale, times.settlementDate) },
        ...(times.payoutDate === times.settlementDate
          ? []
          : [{ term: t('payout'), value: formatDay(locale, times.payoutDate) }]),
        ...(skipped.length > 0
          ? [
              {
                term: t('skipped'),
                value: (
                  <ul>
                    {skipped.map((text) => (
                      <li key={text}>{text}</li>
                    ))}
                  </ul>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

/** What both sides have added to the holidays of a market, or taken away, and why. */
async function Changes({ locale, changes }: { locale: Locale; changes: readonly HolidayChangeLine[] }) {
  const t = await getTranslations('calendar.changes');
  return (
    <ul className="measure divide-y divide-line border-y border-line">
      {changes.map(({ number, change, country, day, name, reason, at }) => (
        <li key={number} className="grid gap-1 py-3">
          <span className="font-700">{t(change, { day: formatDay(locale, day), country, name: name[locale] })}</span>
          <span>{reason[locale]}</span>
          <span className="text-[0.875rem] text-soft">{t('decided', { number, at: formatInstant(locale, at) })}</span>
        </li>
      ))}
    </ul>
  );
}

async function RecordDates({
  locale,
  classes,
  today,
  calendar,
}: {
  locale: Locale;
  classes: readonly CalendarClass[];
  today: string;
  calendar: HolidayCalendar;
}) {
  const t = await getTranslations('calendar.record');
  const items = classes.map(async ({ name, recordDays }) => {
    const next = nextRecordDate(recordDays, today, calendar);
    return {
      term: name[locale],
      value: next ? formatDay(locale, next) : t('none'),
      note: next && (await recordDaysText(locale, recordDays)),
    };
  });
  return <Facts items={await Promise.all(items)} />;
}

async function NextDays({
  locale,
  classes,
  at,
  calendar,
}: {
  locale: Locale;
  classes: readonly CalendarClass[];
  at: Date;
  calendar: HolidayCalendar;
}) {
  const t = await getTranslations('calendar.days');
  return (
    <div className="grid gap-6">
      {daysAhead(at, classes, calendar).map((day) => (
        <div key={day} id={`dealing-${day}`} className="grid gap-2">
          <h3 className="font-700">{formatDay(locale, day)}</h3>
          <Facts
            items={classes.map((unitClass) => {
              const cutOff = cutOffAt(day, unitClass);
              return {
                term: t('cut-off', { name: unitClass.name[locale] }),
                value: cutOff > at ? <Deadline locale={locale} at={cutOff} /> : t('passed'),
                note: t('settlement', { day: formatDay(locale, settlementDateOf(day, unitClass, calendar)) }),
              };
            })}
          />
        </div>
      ))}
    </div>
  );
}

/** The next dealing days that an order for either class can still reach: today is not one of them once both cut-offs have passed. */
function daysAhead(at: Date, classes: readonly CalendarClass[], calendar: HolidayCalendar): string[] {
  const [first = at.toISOString().slice(0, 10)] = classes
    .map((one) => dealingTimes(at, one, calendar).dealingDate)
    .toSorted();
  const days = [first];
  while (days.length < SHOWN_DAYS) days.push(dealingDayFrom(addDays(days.at(-1) ?? first, 1), calendar));
  return days;
}
