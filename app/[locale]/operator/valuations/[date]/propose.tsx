import { randomUUID } from 'node:crypto';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { TextField } from '@/components/ui/text-field';
import type { Locale } from '@/lib/domain/states';
import { decimalString } from '@/lib/i18n/format';
import type { ValuationView } from '@/lib/services/view-valuations';
import { proposeCorrectionAction, proposePublicationAction } from '../actions';

type Props = { locale: Locale; valuation: ValuationView };

/** The key is made with the form, so that one form makes one proposal. */
const hidden = ({ date, revision }: ValuationView) => ({ key: randomUUID(), date, revision: String(revision) });

/** Both sides publish what the check has stopped. */
export async function ProposePublication({ locale, valuation }: Props) {
  const t = await getTranslations('valuations.publish');
  const common = await getTranslations('common');
  return (
    <section className="grid gap-2">
      <h2 className="font-700">{t('title')}</h2>
      <p className="measure text-soft">{t('note')}</p>
      <ActionForm action={proposePublicationAction} locale={locale} summaryTitle={common('form.summary')}>
        <HiddenFields values={hidden(valuation)} />
        <TextField name="remark" label={t('remark')} need={common('form.required')} rows={3} />
        <div>
          <Button>{t('act')}</Button>
        </div>
      </ActionForm>
    </section>
  );
}

/** A published value that was wrong gets a further revision. */
export async function ProposeCorrection({ locale, valuation }: Props) {
  const t = await getTranslations('valuations.correct');
  const common = await getTranslations('common');
  const need = common('form.required');
  return (
    <section className="grid gap-2">
      <h2 className="font-700">{t('title')}</h2>
      <p className="measure text-soft">{t('note')}</p>
      <ActionForm action={proposeCorrectionAction} locale={locale} summaryTitle={common('form.summary')}>
        <HiddenFields values={hidden(valuation)} />
        <Field
          name="netAssets"
          label={t('net-assets')}
          hint={t('net-assets-hint')}
          need={need}
          required
          inputMode="decimal"
          autoComplete="off"
          unit={t('unit')}
          className="max-w-64 text-right"
          defaultValue={decimalString(valuation.netAssetsUsdMinor ?? 0n, 2)}
        />
        <TextField name="remark" label={t('remark')} need={need} rows={3} />
        <div>
          <Button look="secondary">{t('act')}</Button>
        </div>
      </ActionForm>
    </section>
  );
}
