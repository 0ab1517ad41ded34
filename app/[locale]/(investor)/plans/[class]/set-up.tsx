import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { HiddenFields } from '@/components/ui/hidden-fields';
import type { PlanPage } from '@/db/queries/plan-pages';
import type { Locale } from '@/lib/i18n/locale';
import { reviewPlan } from '../actions';
import { whyNot } from '../load-plan';
import { PlanFields } from '../plan-fields';
import { Stop } from '../stop';
import type { TypedPlan } from '../typed-plan';

/** Step 1 of a plan: how much, and when. It changes nothing; what was typed travels to the review in the address. */
export async function SetUp({ locale, page, typed }: { locale: Locale; page: PlanPage; typed: TypedPlan }) {
  const t = await getTranslations('plans.form');
  const common = await getTranslations('common');
  const { unitClass } = page;
  const trouble = whyNot(page);
  if (trouble) return <Stop {...{ locale, page, trouble }} />;
  return (
    <ActionForm action={reviewPlan} locale={locale} summaryTitle={common('form.summary')}>
      <HiddenFields values={{ class: unitClass.code }} />
      <PlanFields {...{ locale, unitClass, typed }} />
      <div>
        <Button>{t('submit')}</Button>
      </div>
    </ActionForm>
  );
}
