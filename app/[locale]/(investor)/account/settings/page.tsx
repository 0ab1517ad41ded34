import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { RadioField } from '@/components/ui/field';
import { PageHeading } from '@/components/ui/heading';
import { oneParam, type SearchParams } from '@/lib/actions/search-params';
import { requireInvestor } from '@/lib/auth/session';
import { asLocale } from '@/lib/i18n/locale';
import { saveSettingsAction } from './actions';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('settings.title') };
}

export default async function SettingsPage({ searchParams }: { searchParams: SearchParams }) {
  const session = await requireInvestor();
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('account');
  const common = await getTranslations('common');
  const need = common('form.required');
  const saved = (await oneParam(searchParams, 'done')) === 'saved';
  return (
    <>
      <PageHeading title={t('settings.title')} />
      {saved && <Callout tone="good" title={t('settings.saved')} />}
      <ActionForm action={saveSettingsAction} locale={locale} summaryTitle={common('form.summary')}>
        <RadioField
          name="mailLocale"
          label={t('settings.locale')}
          need={need}
          defaultValue={session.locale}
          options={[
            { value: 'en', label: <span lang="en">English</span> },
            { value: 'ja', label: <span lang="ja">日本語</span> },
          ]}
        />
        <RadioField
          name="displayCurrency"
          label={t('settings.currency')}
          hint={t('settings.currency-hint')}
          need={need}
          defaultValue={session.displayCurrency}
          options={[
            { value: 'USD', label: t('settings.usd') },
            { value: 'JPY', label: t('settings.jpy') },
          ]}
        />
        <Button>{t('settings.act')}</Button>
      </ActionForm>
    </>
  );
}
