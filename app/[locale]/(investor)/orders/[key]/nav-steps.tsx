import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Deadline } from '@/components/finance/deadline';
import { Section } from '@/components/ui/section';
import type { DealingOrderDetails } from '@/db/queries/investor-pages';
import { formatDay, formatInstant, formatMoney, formatPrice, formatUnits } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import { dealtDays, finalDate, nextDealingDay, sideOf } from './at-nav';

type Step = { id: string; what: string; done: boolean; when: ReactNode; notes: string[] };
type Props = { locale: Locale; order: DealingOrderDetails };

/** NEW … SETTLED, each with when it happened, or when it is expected. */
export async function NavSteps({ locale, order }: Props) {
  const t = await getTranslations('tracker.steps');
  const steps = await stepsOf(locale, order);
  const current = steps.findLastIndex(({ done }) => done);
  return (
    <Section id="steps" title={t('title')}>
      <ol className="grid">
        {steps.map(({ id, what, done, when, notes }, index) => (
          <li
            key={id}
            aria-current={index === current ? 'step' : undefined}
            className={`border-l-4 py-2 pl-4 ${done ? 'border-accent' : 'border-line'}`}
          >
            <p className="flex flex-wrap items-baseline gap-x-3">
              <span className={done ? 'font-700' : 'text-soft'}>{what}</span>
              <span className="text-[0.875rem] text-soft">{t(done ? 'done' : 'ahead')}</span>
            </p>
            <div className="text-[0.875rem] text-soft">
              <p>{when}</p>
              {notes.map((note) => (
                <p key={note}>{note}</p>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

async function stepsOf(locale: Locale, order: DealingOrderDetails): Promise<Step[]> {
  const t = await getTranslations('tracker.steps');
  const { state, placedAt, changedAt, placedMinor, placedUnits, unitClass } = order;
  const at = (instant: Date) => formatInstant(locale, instant);
  const setAside =
    placedMinor > 0n
      ? t('ACCEPTED-cash', { amount: formatMoney(locale, placedMinor, unitClass.currency) })
      : t('ACCEPTED-units', { units: formatUnits(locale, placedUnits, unitClass.unitDecimals) });
  const begun: Step[] = [
    { id: 'NEW', what: t('NEW'), done: true, when: at(placedAt), notes: [] },
    { id: 'ACCEPTED', what: t('ACCEPTED'), done: true, when: at(placedAt), notes: [setAside] },
  ];
  const ended = { done: true, when: at(changedAt), notes: [] };
  // A plan's month that lapses is never accepted.
  if (order.planLapse) return [...begun.slice(0, 1), { id: state, what: t(state as 'LAPSED'), ...ended }];
  if (state === 'CANCELLED') return [...begun, { id: state, what: t(state), ...ended }];
  const cutOff: Step = {
    ...{ id: 'CUT_OFF', what: t('CUT_OFF'), done: state !== 'ACCEPTED' || order.readAt >= order.cutOffAt, notes: [] },
    when: <Deadline locale={locale} at={order.cutOffAt} />,
  };
  if (state === 'LAPSED') return [...begun, cutOff, { id: state, what: t(state), ...ended }];
  return [...begun, cutOff, ...(await dealingSteps(locale, order))];
}

/** A day that dealt a part of a redemption, or deferred all of it, is a step of its own; what is left comes after it. */
async function dealingSteps(locale: Locale, order: DealingOrderDetails): Promise<Step[]> {
  const t = await getTranslations('tracker.steps');
  const { state, days, unitClass } = order;
  const { currency, unitDecimals, priceDecimals } = unitClass;
  const units = (parts: bigint) => formatUnits(locale, parts, unitDecimals);
  const dealt = days.map((day): Step => {
    const price = formatPrice(locale, day.price, currency, priceDecimals);
    return {
      ...{ id: day.dealingDate, what: t('PRICED'), done: true, when: formatDay(locale, day.dealingDate) },
      notes: [
        ...(day.units > 0n ? [t('PRICED-part', { units: units(day.units), price })] : []),
        ...(day.deferredUnits > 0n ? [t('PRICED-deferred', { units: units(day.deferredUnits) })] : []),
      ],
    };
  });
  const isWhole = state === 'PRICED' || state === 'SETTLED';
  const next: Step[] = isWhole
    ? []
    : [{ id: 'next', what: t('PRICED'), done: false, when: formatDay(locale, nextDealingDay(order)), notes: [] }];
  const last = dealtDays(order).at(-1);
  const settled: Step = {
    id: 'SETTLED',
    what: t(({ buy: 'SETTLED', sell: 'SETTLED-sell', switch: 'SETTLED-switch' } as const)[sideOf(order)]),
    done: state === 'SETTLED',
    when:
      state === 'SETTLED' && last?.settledAt
        ? formatInstant(locale, last.settledAt)
        : formatDay(locale, finalDate(order)),
    notes: [],
  };
  return [...dealt, ...next, settled];
}
