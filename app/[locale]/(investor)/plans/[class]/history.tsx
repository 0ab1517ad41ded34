import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Section } from '@/components/ui/section';
import { Table } from '@/components/ui/table';
import type { PlanPage, PlanTurnView } from '@/db/queries/plan-pages';
import type { Currency } from '@/lib/domain/states';
import { formatDay, formatInstant, formatMoney, formatMonth } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';

type Props = { locale: Locale; page: PlanPage };

/** What became of each month: an order with its state, or a lapse with its reason. */
export async function Turns({ locale, page: { unitClass, turns } }: Props) {
  const t = await getTranslations('plans.turns');
  const { currency } = unitClass;
  return (
    <Section id="turns" title={t('title')}>
      {turns.length === 0 ? (
        <p>{t('none')}</p>
      ) : (
        <Table
          caption={t('caption')}
          columns={[
            { key: 'month', label: t('month') },
            { key: 'result', label: t('result') },
            { key: 'deals', label: t('deals') },
            { key: 'amount', label: t('amount'), figure: true },
          ]}
          rows={turns.map((turn) => ({
            id: `turn-${turn.order.number}`,
            cells: [
              <span key="month" className="block min-w-24">
                {formatMonth(locale, turn.month.slice(0, 7))}
              </span>,
              <Result key="result" {...{ locale, turn, currency }} />,
              <span key="deals" className="block min-w-32">
                {formatDay(locale, turn.dealingDate)}
              </span>,
              formatMoney(locale, turn.amountMinor, currency),
            ],
          }))}
        />
      )}
    </Section>
  );
}

async function Result({ locale, turn, currency }: { locale: Locale; turn: PlanTurnView; currency: Currency }) {
  const t = await getTranslations('plans');
  const { order, lapse, lapses, availableMinor } = turn;
  if (!lapse)
    return (
      <span className="block min-w-40">
        <Link href={localePath(locale, `/orders/${order.key}`)}>
          {t('turns.order', { number: String(order.number) })}
        </Link>
        <span className="block text-[0.875rem] text-soft">{t(`order-state.${order.state}`)}</span>
      </span>
    );
  return (
    <span className="block min-w-40">
      <strong>{t('turns.lapsed')}</strong>
      <span className="block text-[0.875rem] text-soft">{t('turns.lapsed-count', { count: lapses })}</span>
      <span className="block text-[0.875rem] text-soft">
        {t(`lapse.${lapse}`, { available: formatMoney(locale, availableMinor, currency) })}
      </span>
    </span>
  );
}

/** What the person did with the plan. */
export async function Acts({ locale, page: { unitClass, acts } }: Props) {
  const t = await getTranslations('plans');
  return (
    <Section id="acts" title={t('log.title')}>
      <Table
        caption={t('log.caption')}
        columns={[
          { key: 'what', label: t('log.what') },
          { key: 'at', label: t('log.at') },
          { key: 'terms', label: t('log.terms') },
        ]}
        rows={acts.map((act, n) => ({
          id: `act-${acts.length - n}`,
          cells: [
            t(`log.${act.act}`),
            <span key="at" className="block min-w-36">
              {formatInstant(locale, act.at)}
            </span>,
            <span key="terms" className="block min-w-36">
              {t('log.terms-value', {
                amount: formatMoney(locale, act.amountMinor, unitClass.currency),
                day: t('facts.day-value', { day: act.dayOfMonth }),
              })}
            </span>,
          ],
        }))}
      />
    </Section>
  );
}
