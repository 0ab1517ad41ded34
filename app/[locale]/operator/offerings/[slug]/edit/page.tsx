import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Missing } from '@/components/layout/not-found';
import { DeskHeading } from '@/components/ui/desk-heading';
import { requireSession } from '@/lib/auth/session';
import { asLocale } from '@/lib/i18n/locale';
import { viewDeskOffering, viewDraftChoices } from '@/lib/services/view-desk-offerings';
import { forStaff, PROPOSERS, staffMetadata } from '../../../for-staff';
import { DraftForm } from '../../draft-form';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

async function metadata(): Promise<Metadata> {
  return { title: (await getTranslations('desk'))('draft.edit-title') };
}

/** A draft to change. What is a draft no longer has no such page. */
async function EditDraftPage({ params }: PageProps<'/[locale]/operator/offerings/[slug]/edit'>) {
  const session = await requireSession(...PROPOSERS);
  const { locale: segment, slug } = await params;
  const locale = asLocale(segment);
  const [draft, choices] = await Promise.all([viewDeskOffering(session, slug), viewDraftChoices(session)]);
  if (draft?.state !== 'DRAFT') return <Missing locale={locale} />;
  const t = await getTranslations('desk.draft');
  return (
    <>
      <DeskHeading title={t('edit-title')} lead={t('lead')} kicker={locale === 'ja' ? draft.nameJa : draft.nameEn} />
      <DraftForm locale={locale} choices={choices} draft={draft} />
    </>
  );
}

export const generateMetadata = staffMetadata(PROPOSERS, metadata);
export default forStaff(PROPOSERS, EditDraftPage);
