/** What an operator may do with the clock. The database decides again when they do. */
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Field, SelectField } from '@/components/ui/field';
import { CLOCK_TARGETS } from '@/lib/domain/clock/events';
import { CLOCK_UNITS } from '@/lib/domain/clock/form';
import { localText } from '@/lib/domain/offerings/local-time';
import type { ClockMode, Locale } from '@/lib/domain/states';
import { ZONES } from '@/lib/i18n/format';
import { forAction, nextAction, resumeAction, stopAction, toAction } from './actions';

/** Whatever comes first, first: it is what most want. */
const NEXT = ['event', ...CLOCK_TARGETS.filter((target) => target !== 'event')] as const;

type Clock = { locale: Locale; mode: ClockMode; now: Date; isUnderWay: boolean };

export async function Controls({ locale, mode, now, isUnderWay }: Clock) {
  const t = await getTranslations('clock.move');
  const stands = mode === 'FROZEN' || mode === 'STEPPED';
  return (
    <section aria-label={t('title')} className="grid content-start gap-6">
      <h2 className="font-700">{t('title')}</h2>
      {!isUnderWay && <Moves locale={locale} now={now} />}
      {(isUnderWay || !stands) && <Act locale={locale} act="stop" />}
      {!isUnderWay && stands && <Act locale={locale} act="run" />}
    </section>
  );
}

async function Moves({ locale, now }: Pick<Clock, 'locale' | 'now'>) {
  const t = await getTranslations('clock');
  const common = await getTranslations('common');
  const form = { locale, summaryTitle: common('form.summary') };
  const need = common('form.required');
  const zones = ZONES[locale];
  return (
    <>
      <ActionForm action={nextAction} {...form}>
        <fieldset className="grid gap-3">
          <legend className="mb-2 font-700">{t('move.next')}</legend>
          <div className="flex flex-wrap gap-3">
            {NEXT.map((target) => (
              <Button key={target} name="target" value={target} look={target === 'event' ? 'primary' : 'secondary'}>
                {t(`move.target.${target}`)}
              </Button>
            ))}
          </div>
        </fieldset>
      </ActionForm>
      <ActionForm action={toAction} {...form}>
        <h3 className="font-700">{t('move.to-title')}</h3>
        <Field
          name="date"
          type="datetime-local"
          label={t('move.date')}
          need={need}
          defaultValue={localText(now, zones[0])}
          required
        />
        <SelectField
          name="zone"
          label={t('move.zone')}
          need={need}
          defaultValue={zones[0]}
          options={zones.map((value) => ({ value, label: t(`zone.${value}`) }))}
        />
        <div>
          <Button look="secondary">{t('move.to-act')}</Button>
        </div>
      </ActionForm>
      <ActionForm action={forAction} {...form}>
        <h3 className="font-700">{t('move.for-title')}</h3>
        <Field name="duration" inputMode="numeric" label={t('move.duration')} need={need} required />
        <SelectField
          name="unit"
          label={t('move.unit')}
          need={need}
          defaultValue="days"
          options={CLOCK_UNITS.map((value) => ({ value, label: t(`move.units.${value}`) }))}
        />
        <div>
          <Button look="secondary">{t('move.for-act')}</Button>
        </div>
      </ActionForm>
    </>
  );
}

async function Act({ locale, act }: { locale: Locale; act: 'stop' | 'run' }) {
  const t = await getTranslations('clock.move');
  const common = await getTranslations('common');
  return (
    <ActionForm
      action={act === 'stop' ? stopAction : resumeAction}
      locale={locale}
      summaryTitle={common('form.summary')}
    >
      <div className="grid gap-2">
        <p className="text-soft">{t(`${act}-what`)}</p>
        <div>
          <Button look="secondary">{t(act)}</Button>
        </div>
      </div>
    </ActionForm>
  );
}
