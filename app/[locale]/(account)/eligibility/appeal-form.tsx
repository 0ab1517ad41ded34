import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import type { Locale } from '@/lib/domain/states';
import { appealAction } from './actions';

export async function AppealForm({ locale }: { locale: Locale }) {
  const t = await getTranslations('eligibility');
  const common = await getTranslations('common');
  return (
    <ActionForm action={appealAction} locale={locale} summaryTitle={common('form.summary')}>
      <TextField name="message" label={t('appeal.message')} need={common('form.required')} rows={5} />
      <Button look="secondary">{t('appeal.act')}</Button>
    </ActionForm>
  );
}
