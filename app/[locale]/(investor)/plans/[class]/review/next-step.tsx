import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { CheckField } from '@/components/ui/field';
import { SectionHeading } from '@/components/ui/heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import type { PlanPage } from '@/db/queries/plan-pages';
import { formatInstant } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import { openPlanProspectus, start } from '../../actions';
import { planPath, type TypedPlan } from '../../typed-plan';

type Props = { locale: Locale; page: PlanPage; typed: TypedPlan; planKey: string };

/** The prospectus comes first; its opening is recorded. Then the one button that sets the plan up. */
export async function NextStep({ locale, page: { unitClass, reader }, typed, planKey }: Props) {
  const t = await getTranslations('plans.review');
  const common = await getTranslations('common');
  const { version } = reader.prospectus;
  return (
    <section className="grid gap-4">
      <SectionHeading>{t('next')}</SectionHeading>
      {!reader.openedAt && <p className="measure">{t('document-not-opened')}</p>}
      <ActionForm
        action={reader.openedAt ? start : openPlanProspectus}
        locale={locale}
        summaryTitle={common('form.summary')}
      >
        <HiddenFields values={{ class: unitClass.code, ...typed, key: planKey }} />
        {reader.openedAt &&
          (reader.agreedAt ? (
            <p>{t('agreed', { at: formatInstant(locale, reader.agreedAt), version })}</p>
          ) : (
            <CheckField name="consent" label={t('consent', { version })} />
          ))}
        <div className="flex flex-wrap gap-4">
          <Button>{t(reader.openedAt ? 'confirm' : 'document-open')}</Button>
          <LinkButton look="secondary" href={planPath(locale, unitClass.code, '', typed)}>
            {t('change')}
          </LinkButton>
        </div>
      </ActionForm>
    </section>
  );
}
