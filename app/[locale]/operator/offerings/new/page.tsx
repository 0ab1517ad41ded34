import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DeskHeading } from '@/components/ui/desk-heading';
import { requireSession } from '@/lib/auth/session';
import { asLocale } from '@/lib/i18n/locale';
import { viewDraftChoices } from '@/lib/services/view-desk-offerings';
import { DraftForm } from '../draft-form';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('desk'))('draft.new-title') };
}

/** A new draft. Who may not write one finds no such page. */
export default async function NewDraftPage({ params }: PageProps<'/[locale]/operator/offerings/new'>) {
  const session = await requireSession('OPERATOR', 'MANAGER');
  const locale = asLocale((await params).locale);
  const t = await getTranslations('desk.draft');
  return (
    <>
      <DeskHeading title={t('new-title')} lead={t('lead')} />
      <DraftForm locale={locale} choices={await viewDraftChoices(session)} draft={null} />
    </>
  );
}
