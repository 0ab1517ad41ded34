import { randomUUID } from 'node:crypto';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { HiddenFields } from '@/components/ui/hidden-fields';
import type { Locale } from '@/lib/i18n/locale';
import type { OfferingLine } from '@/lib/services/view-desk-offerings';
import { proposeDraftAction } from '../actions';

/** Hands a draft to both sides. Its key is made with the form, so that one form makes one proposal. */
export async function ProposeDraft({ locale, offering }: { locale: Locale; offering: OfferingLine }) {
  const t = await getTranslations('desk.offering');
  const common = await getTranslations('common');
  return (
    <section className="grid content-start gap-2">
      <h2 className="font-700">{t('propose-title')}</h2>
      <p className="measure text-soft">{t('propose-note')}</p>
      <ActionForm action={proposeDraftAction} locale={locale} summaryTitle={common('form.summary')}>
        <HiddenFields values={{ key: randomUUID(), slug: offering.slug, version: String(offering.termsVersion) }} />
        <div>
          <Button look="secondary">{t('propose')}</Button>
        </div>
      </ActionForm>
    </section>
  );
}
