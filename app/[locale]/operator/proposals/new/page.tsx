import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { DeskHeading } from '@/components/ui/desk-heading';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { forStaff, PROPOSERS, staffMetadata } from '../../for-staff';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

async function metadata(): Promise<Metadata> {
  return { title: (await getTranslations('proposals'))('new') };
}

/** An allotment is proposed from its offering, once the window has closed; a document from the newest version of it. */
const KINDS = [
  'OFFERING',
  'OFFERING_CANCEL',
  'INVESTOR_FREEZE',
  'INVESTOR_UNFREEZE',
  'ROLE_CHANGE',
  'COVENANT',
  'DEALING_START',
  'HOLIDAY_CHANGE',
] as const;

/** These begin with the day that they are about. */
const NAV_KINDS = ['NAV_PUBLICATION', 'NAV_CORRECTION'] as const;

/** What there is to propose. Who may not propose finds no such page. */
async function NewProposalPage({ params }: PageProps<'/[locale]/operator/proposals/new'>) {
  await requireSession(...PROPOSERS);
  const locale = asLocale((await params).locale);
  const t = await getTranslations('proposals');
  const words = await getTranslations('governance');
  const { path } = DESK_PLACES.proposals;
  const slugOf = (kind: string) => kind.toLowerCase().replaceAll('_', '-');
  return (
    <>
      <DeskHeading
        kicker={<Link href={localePath(locale, path)}>{t('one.back')}</Link>}
        title={t('form.choose')}
        lead={t('form.choose-lead')}
      />
      <ul className="measure divide-y divide-line border-y border-line">
        {KINDS.map((kind) => (
          <li key={kind} className="grid py-3">
            <Link
              href={localePath(locale, `${path}/new/${slugOf(kind)}`)}
              className="inline-flex min-h-11 items-center font-700"
            >
              {words(`kind.${kind}`)}
            </Link>
            <span className="text-[0.875rem] text-soft">{t(`start.${kind}`)}</span>
          </li>
        ))}
        <li className="grid py-3">
          <span className="font-700">{words('kind.DOCUMENT_VERSION')}</span>
          <span className="text-[0.875rem] text-soft">{t('start.DOCUMENT_VERSION')}</span>
          <Link
            href={localePath(locale, DESK_PLACES.documents.path)}
            className="inline-flex min-h-11 items-center text-[0.875rem]"
          >
            {t('form.document-act')}
          </Link>
        </li>
        {NAV_KINDS.map((kind) => (
          <li key={kind} className="grid py-3">
            <span className="font-700">{words(`kind.${kind}`)}</span>
            <span className="text-[0.875rem] text-soft">{t(`start.${kind}`)}</span>
            <Link
              href={localePath(locale, DESK_PLACES.valuations.path)}
              className="inline-flex min-h-11 items-center text-[0.875rem]"
            >
              {t('form.nav-act')}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

export const generateMetadata = staffMetadata(PROPOSERS, metadata);
export default forStaff(PROPOSERS, NewProposalPage);
