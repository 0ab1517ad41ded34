import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DeskHeading } from '@/components/ui/desk-heading';
import { requireSession } from '@/lib/auth/session';
import { asLocale } from '@/lib/i18n/locale';
import { viewDraftChoices } from '@/lib/services/view-desk-offerings';
import { forStaff, PROPOSERS, staffMetadata } from '../../for-staff';
import { DraftForm } from '../draft-form';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

async function metadata(): Promise<Metadata> {
  return { title: (await getTranslations('desk'))('draft.new-title') };
}

/** A new draft. Who may not write one finds no such page. */
async function NewDraftPage({ params }: PageProps<'/[locale]/operator/offerings/new'>) {
  const session = await requireSession(...PROPOSERS);
  const locale = asLocale((await params).locale);
  const t = await getTranslations('desk.draft');
  return (
    <>
      <DeskHeading title={t('new-title')} lead={t('lead')} />
      <DraftForm locale={locale} choices={await viewDraftChoices(session)} draft={null} />
    </>
  );
}

export const generateMetadata = staffMetadata(PROPOSERS, metadata);
export default forStaff(PROPOSERS, NewDraftPage);
