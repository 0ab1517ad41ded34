import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { RadioField } from '@/components/ui/field';
import { PageHeading } from '@/components/ui/heading';
import { requireInvestor } from '@/lib/auth/session';
import { QUESTIONS } from '@/lib/domain/people/suitability';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { answerSuitabilityAction } from './actions';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('suitability');
  return { title: t('title') };
}

export default async function SuitabilityPage() {
  const { identityState } = await requireInvestor();
  const locale = asLocale(await rootLocale());
  if (identityState === 'DRAFT') redirect(localePath(locale, '/identity'));
  const t = await getTranslations('suitability');
  const common = await getTranslations('common');
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      <ActionForm action={answerSuitabilityAction} locale={locale} summaryTitle={common('form.summary')}>
        {QUESTIONS.map(({ id, matter, choices }) => (
          <RadioField
            key={id}
            name={id}
            label={
              <>
                <span className="block text-[0.875rem] font-400 text-soft">{t(`matters.${matter}`)}</span>
                {t(`questions.${id}.text`)}
              </>
            }
            need={common('form.required')}
            options={Object.keys(choices).map((value) => ({ value, label: choiceText(t, id, value) }))}
          />
        ))}
        <p className="text-soft">{t('valid')}</p>
        <Button>{t('act')}</Button>
      </ActionForm>
    </>
  );
}

/** A test holds the texts against the questions; the compiler cannot follow a choice to its own question. */
function choiceText(t: unknown, question: string, choice: string): string {
  return (t as (key: string) => string)(`questions.${question}.choices.${choice}`);
}
