import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { CURRENCY_DECIMALS } from '@/lib/domain/money/currency';
import { decimalString } from '@/lib/i18n/format';
import { asLocale } from '@/lib/i18n/locale';
import { Instead } from '../../../instead';
import { change } from '../../actions';
import { loadPlan } from '../../load-plan';
import { PlanFields } from '../../plan-fields';
import { planPath } from '../../typed-plan';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/plans/[class]/change'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, class: code } = await params;
  if (!(await loadPlan(code))) return missingMetadata(asLocale(locale));
  return { title: (await getTranslations('plans'))('form.change-title') };
}

/** Another amount or day. One step: nothing is bought by it, and it can be changed back. */
export default async function ChangePlanPage({ params }: Props) {
  const { locale: segment, class: code } = await params;
  const locale = asLocale(segment);
  const page = await loadPlan(code);
  if (!page) return <Missing locale={locale} />;
  const t = await getTranslations('plans.form');
  const common = await getTranslations('common');
  const back = planPath(locale, code);
  if (!page.plan) return <Instead title={t('none')} note={t('none-note')} go={t('none-go')} href={back} />;
  const { unitClass, amountMinor, dayOfMonth } = page.plan;
  const typed = {
    amount: decimalString(amountMinor, CURRENCY_DECIMALS[unitClass.currency]),
    day: String(dayOfMonth),
  };
  return (
    <>
      <PageHeading
        kicker={<Link href={back}>{t('back-plan')}</Link>}
        title={t('change-title')}
        lead={t('change-note')}
      />
      <ActionForm action={change} locale={locale} summaryTitle={common('form.summary')}>
        <HiddenFields values={{ class: unitClass.code, plan: page.plan.key, key: crypto.randomUUID() }} />
        <PlanFields {...{ locale, unitClass, typed }} />
        <div>
          <Button>{t('change-submit')}</Button>
        </div>
      </ActionForm>
    </>
  );
}
