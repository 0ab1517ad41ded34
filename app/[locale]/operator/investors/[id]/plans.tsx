import { getTranslations } from 'next-intl/server';
import { DeskTable } from '@/components/ui/desk-table';
import type { PlanTurnView, PlanView } from '@/db/queries/savings-plans';
import { formatDay, formatMoney, formatMonth, inParentheses } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import type { SeenInvestorPage } from '@/lib/services/view-investor';

/** Monthly plans with how they stand, in the words that their owner reads, and what became of the last months. */
export async function InvestorPlans({
  locale,
  plans,
  turns,
}: { locale: Locale } & Pick<SeenInvestorPage, 'plans' | 'turns'>) {
  const t = await getTranslations('desk.investor');
  const words = await getTranslations('plans');
  const stands = ({ state, lapses }: PlanView) => {
    const note = lapses > 0 ? inParentheses(locale, t('lapses', { count: lapses })) : '';
    return `${words(`state.${state}`)}${note}`;
  };
  return (
    <section className="grid content-start gap-2">
      <h2 className="font-700">{t('plans')}</h2>
      <DeskTable
        caption={t('plans')}
        columns={[
          { key: 'class', label: t('class') },
          { key: 'state', label: t('state') },
          { key: 'amount', label: t('plan-amount'), figure: true },
          { key: 'day', label: t('day') },
          { key: 'next', label: t('next') },
        ]}
        rows={plans.map((plan) => ({
          id: plan.key,
          cells: [
            plan.unitClass.name[locale],
            stands(plan),
            formatMoney(locale, plan.amountMinor, plan.unitClass.currency),
            words('facts.day-value', { day: plan.dayOfMonth }),
            plan.nextMonth ? formatMonth(locale, plan.nextMonth.slice(0, 7)) : t('none'),
          ],
        }))}
        empty={t('no-plans')}
      />
      {plans.length > 0 && <Turns locale={locale} plans={plans} turns={turns} />}
    </section>
  );
}

async function Turns({
  locale,
  plans,
  turns,
}: {
  locale: Locale;
  plans: readonly PlanView[];
  turns: readonly PlanTurnView[];
}) {
  const t = await getTranslations('desk.investor');
  const words = await getTranslations('plans');
  const classOf = (turn: PlanTurnView) => plans.find(({ unitClass }) => unitClass.id === turn.classId)?.unitClass;
  return (
    <>
      <h3 className="mt-2 text-[0.875rem] text-soft">{t('turns')}</h3>
      <DeskTable
        caption={t('turns')}
        columns={[
          { key: 'month', label: t('month') },
          { key: 'class', label: t('class') },
          { key: 'result', label: t('result') },
          { key: 'deals', label: t('deals') },
          { key: 'amount', label: t('amount'), figure: true },
        ]}
        rows={turns.map((turn) => {
          const unitClass = classOf(turn);
          const money = (minor: bigint) => (unitClass ? formatMoney(locale, minor, unitClass.currency) : '');
          const order = words('turns.order', { number: String(turn.order.number) });
          return {
            id: turn.order.key,
            cells: [
              formatMonth(locale, turn.month.slice(0, 7)),
              unitClass?.name[locale] ?? '',
              turn.lapse
                ? t('lapsed', { reason: words(`lapse.${turn.lapse}`, { available: money(turn.availableMinor) }) })
                : `${order}${inParentheses(locale, words(`order-state.${turn.order.state}`))}`,
              formatDay(locale, turn.dealingDate),
              money(turn.amountMinor),
            ],
          };
        })}
        empty={t('no-turns')}
      />
    </>
  );
}
