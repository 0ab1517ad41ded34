import { getTranslations } from 'next-intl/server';
import { Field, SelectField } from '@/components/ui/field';
import type { PlanClassLine } from '@/db/queries/plan-pages';
import { CURRENCY_DECIMALS } from '@/lib/domain/money/currency';
import { formatMoney } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import { PLAN_DAYS, type TypedPlan } from './typed-plan';

/** How much, and on which day of the month. */
export async function PlanFields({
  locale,
  unitClass,
  typed,
}: {
  locale: Locale;
  unitClass: PlanClassLine;
  typed: TypedPlan;
}) {
  const t = await getTranslations('plans.form');
  const common = await getTranslations('common');
  const { currency, planMinimumMinor } = unitClass;
  return (
    <>
      <Field
        name="amount"
        label={t('amount')}
        hint={t('amount-hint', { minimum: formatMoney(locale, planMinimumMinor, currency), currency: t(currency) })}
        need={common('form.required')}
        unit={t(currency)}
        inputMode={CURRENCY_DECIMALS[currency] > 0 ? 'decimal' : 'numeric'}
        autoComplete="off"
        defaultValue={typed.amount}
        className="max-w-60 text-right tabular-nums"
      />
      <SelectField
        name="day"
        label={t('day')}
        hint={t('day-hint')}
        need={common('form.required')}
        options={PLAN_DAYS.map((day) => ({ value: String(day), label: t('day-option', { day }) }))}
        defaultValue={typed.day}
      />
    </>
  );
}
