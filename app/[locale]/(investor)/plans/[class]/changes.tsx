import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Disclosure } from '@/components/ui/disclosure';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { Section } from '@/components/ui/section';
import type { PlanView } from '@/db/queries/plan-pages';
import { calendarOf } from '@/lib/domain/calendar/holidays';
import { LAPSES_BEFORE_PAUSE, nextTurn } from '@/lib/domain/dealing/plan';
import { formatDay } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import { setState } from '../actions';
import { planPath } from '../typed-plan';
import type { Standing } from './standing-plan';

type Props = { locale: Locale; page: Standing };

/** Why nothing is bought, and the one button that goes on. */
export async function Resume({ locale, page: { plan, holidays, readAt } }: Props) {
  const t = await getTranslations('plans.paused');
  const { unitClass, dayOfMonth, lastMonth } = plan;
  const turn = nextTurn(dayOfMonth, lastMonth?.slice(0, 7) ?? null, readAt, unitClass, calendarOf(holidays));
  return (
    <Callout tone="notice" title={t('title')}>
      <p>{t(plan.lapses >= LAPSES_BEFORE_PAUSE ? 'lapses' : 'own')}</p>
      <p>{t('next', { day: formatDay(locale, turn.date) })}</p>
      <StateForm locale={locale} plan={plan} act="RESUMED" label={t('go')} />
    </Callout>
  );
}

/** Each behind a disclosure, so that it takes two deliberate steps, with or without a script. */
export async function Changes({ locale, page: { plan } }: Props) {
  const t = await getTranslations('plans.acts');
  return (
    <Section id="change" title={t('title')}>
      <div>
        <LinkButton look="secondary" href={planPath(locale, plan.unitClass.code, '/change')}>
          {t('change')}
        </LinkButton>
      </div>
      {plan.state === 'ACTIVE' && (
        <Disclosure summary={t('pause')}>
          <p>{t('pause-note')}</p>
          <StateForm locale={locale} plan={plan} act="PAUSED" label={t('pause-go')} />
        </Disclosure>
      )}
      <Disclosure summary={t('end')}>
        <p>{t('end-note')}</p>
        <StateForm locale={locale} plan={plan} act="ENDED" label={t('end-go')} />
      </Disclosure>
    </Section>
  );
}

type FormProps = { locale: Locale; plan: PlanView; act: 'PAUSED' | 'RESUMED' | 'ENDED'; label: string };

async function StateForm({ locale, plan, act, label }: FormProps) {
  const common = await getTranslations('common');
  return (
    <ActionForm action={setState} locale={locale} summaryTitle={common('form.summary')}>
      <HiddenFields values={{ class: plan.unitClass.code, plan: plan.key, act, key: crypto.randomUUID() }} />
      <div>
        <Button look={act === 'RESUMED' ? 'primary' : 'secondary'}>{label}</Button>
      </div>
    </ActionForm>
  );
}
