import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Deadline } from '@/components/finance/deadline';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { DeskHeading } from '@/components/ui/desk-heading';
import { Facts } from '@/components/ui/facts';
import { Live } from '@/components/ui/live';
import type { ClockRun, UpcomingEvent } from '@/db/queries/clock';
import { requireSession } from '@/lib/auth/session';
import { percentOf } from '@/lib/domain/clock/events';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import type { Locale } from '@/lib/domain/states';
import { env } from '@/lib/env';
import { between, formatInstant, ZONES } from '@/lib/i18n/format';
import { asLocale } from '@/lib/i18n/locale';
import { viewClock } from '@/lib/services/view-clock';
import { forStaff, staffMetadata } from '../for-staff';
import { Controls } from './controls';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/operator/clock'>;

async function metadata({ params }: Props): Promise<Metadata> {
  if (env().SIMULATION === 'off') return missingMetadata(asLocale((await params).locale));
  return { title: (await getTranslations('clock'))('title') };
}

/** What the one clock shows and what comes next; operators move it from here. */
async function ClockPage({ params }: Props) {
  const session = await requireSession(...DESK_PLACES.clock.roles);
  const locale = asLocale((await params).locale);
  if (env().SIMULATION === 'off') return <Missing locale={locale} />;
  const { mode, now, run, events } = await viewClock(session);
  const t = await getTranslations('clock');
  const isUnderWay = run !== null && run.finishedAt === null;
  return (
    <>
      <DeskHeading title={t('title')} lead={t('lead')} />
      {/* On a phone what can be done stands before what comes next. */}
      <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,1fr)_minmax(0,26rem)] xl:grid-rows-[auto_1fr]">
        <div className="grid min-w-0 content-start gap-8">
          <section aria-label={t('now')} className="grid gap-2">
            <h2 className="font-700">{t('now')}</h2>
            <Facts
              items={[
                ...ZONES[locale].map((zone) => ({ term: t(`zone.${zone}`), value: formatInstant(locale, now, zone) })),
                { term: t('mode-is'), value: isUnderWay ? t('run.under-way') : t(`mode.${mode}`) },
              ]}
            />
          </section>
          {run && <Run locale={locale} run={run} />}
        </div>
        {/* What was started renews the forms, so that no refusal of an earlier attempt stays; a page that only shows progress leaves what is typed. */}
        {session.role === 'OPERATOR' && (
          <div
            key={`${mode}.${run?.startedAt.getTime()}`}
            className="min-w-0 xl:col-start-2 xl:row-span-2 xl:row-start-1"
          >
            <Controls {...{ locale, mode, now, isUnderWay }} />
          </div>
        )}
        <Events locale={locale} events={events} />
      </div>
    </>
  );
}

async function Run({ locale, run }: { locale: Locale; run: ClockRun }) {
  const t = await getTranslations('clock.run');
  const { from, to, at, events, finishedAt } = run;
  const percent = percentOf(run);
  const isUnderWay = finishedAt === null;
  const words = t(isUnderWay ? 'progress' : at < to ? 'stopped' : 'arrived', { percent, events });
  return (
    <section aria-label={t('title')} className="grid gap-2">
      <h2 className="font-700">{t(isUnderWay ? 'under-way' : 'title')}</h2>
      {isUnderWay && <Live />}
      {isUnderWay && (
        <noscript>
          <p>{t('refresh')}</p>
        </noscript>
      )}
      <Facts
        items={[
          { term: t('from'), value: <Deadline locale={locale} at={from} /> },
          { term: t('to'), value: <Deadline locale={locale} at={to} /> },
          { term: t('at'), value: <Deadline locale={locale} at={at} /> },
          {
            term: t('state'),
            value: (
              <span className="flex flex-wrap items-center gap-2">
                {isUnderWay && <progress max={100} value={percent} aria-label={words} className="accent-accent" />}
                {words}
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}

async function Events({ locale, events }: { locale: Locale; events: readonly UpcomingEvent[] }) {
  const t = await getTranslations('clock');
  const what = ({ kind, count, nameEn, nameJa }: UpcomingEvent): string => {
    // There is one fund, whose name at each of its days would say nothing.
    const name = kind === 'NAV' ? null : locale === 'ja' ? nameJa : nameEn;
    const which = count > 1 ? t('events.several', { count }) : name;
    const said = which && kind === 'PROPOSAL_EXPIRES' && count === 1 ? t('events.proposal', { number: which }) : which;
    return [t(`event.${kind}`), said].filter(Boolean).join(between(locale));
  };
  return (
    <section aria-label={t('events.title')} className="grid content-start gap-2 xl:col-start-1">
      <h2 className="font-700">{t('events.title')}</h2>
      {events.length === 0 ? (
        <p className="text-soft">{t('events.none')}</p>
      ) : (
        <Facts
          items={events.map((event) => ({ term: what(event), value: <Deadline locale={locale} at={event.at} /> }))}
        />
      )}
    </section>
  );
}

export const generateMetadata = staffMetadata(DESK_PLACES.clock.roles, metadata);
export default forStaff(DESK_PLACES.clock.roles, ClockPage);
