import { getTranslations } from 'next-intl/server';
import { Deadline } from '@/components/finance/deadline';
import { skippedText } from '@/components/finance/skipped-days';
import type { PlanClassLine } from '@/db/queries/plan-pages';
import { cutOffAt } from '@/lib/domain/calendar/dealing-times';
import type { PlanTurn } from '@/lib/domain/dealing/plan';
import { formatDay, formatMonth } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';

/** Why a turn is not on the day that the plan names: a month without that day, and markets that are closed on it. Empty where it is. */
export async function movedTexts(locale: Locale, turn: PlanTurn, dayOfMonth: number): Promise<string[]> {
  const t = await getTranslations('plans.facts');
  const short = Number(turn.asked.slice(8)) < dayOfMonth;
  return [
    ...(short ? [t('last-day', { month: formatMonth(locale, turn.month), day: formatDay(locale, turn.asked) })] : []),
    ...(await Promise.all(turn.moved.map((day) => skippedText(locale, day)))),
  ];
}

type Props = { locale: Locale; unitClass: PlanClassLine; turn: PlanTurn; dayOfMonth: number };

/** The rows of the next turn: its dealing day, why that is another one than the plan's, when it is placed, and until when it can be cancelled. */
export async function turnItems({ locale, unitClass, turn, dayOfMonth }: Props) {
  const t = await getTranslations('plans.facts');
  const moved = await movedTexts(locale, turn, dayOfMonth);
  return [
    { term: t('next'), value: <strong>{formatDay(locale, turn.date)}</strong> },
    ...(moved.length > 0
      ? [
          {
            term: t('moved'),
            value: (
              <ul>
                {moved.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            ),
          },
        ]
      : []),
    { term: t('next-at'), value: <Deadline locale={locale} at={turn.at} /> },
    { term: t('cut-off'), value: <Deadline locale={locale} at={cutOffAt(turn.date, unitClass)} /> },
  ];
}
