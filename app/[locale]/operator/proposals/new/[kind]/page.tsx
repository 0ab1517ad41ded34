import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { DeskHeading } from '@/components/ui/desk-heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { oneParam } from '@/lib/actions/search-params';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { PROPOSAL_KINDS, type ProposalKind } from '@/lib/domain/states';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { viewProposalChoices } from '@/lib/services/view-proposals';
import { forStaff, PROPOSERS, staffMetadata } from '../../../for-staff';
import { proposeAction } from '../../actions';
import { KindFieldsOf } from '../../kind-fields';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/operator/proposals/new/[kind]'>;

/** Kinds that have a way of their own: from a window that has closed, from the newest version of a document, and from the value of a day. */
const ELSEWHERE = ['ALLOTMENT', 'DOCUMENT_VERSION', 'NAV_PUBLICATION', 'NAV_CORRECTION'] as const;
type Elsewhere = (typeof ELSEWHERE)[number];
const isElsewhere = (kind: ProposalKind): kind is Elsewhere => ELSEWHERE.some((known) => known === kind);

/** `investor-freeze` → INVESTOR_FREEZE. */
function kindOf(segment: string): Exclude<ProposalKind, Elsewhere> {
  const kind = PROPOSAL_KINDS.find((known) => known.toLowerCase().replaceAll('_', '-') === segment);
  return kind && !isElsewhere(kind) ? kind : notFound();
}

async function metadata({ params }: Props): Promise<Metadata> {
  return { title: (await getTranslations('governance'))(`kind.${kindOf((await params).kind)}`) };
}

/** One kind's form. Who may not propose finds no such page. */
async function ProposePage({ params, searchParams }: Props) {
  const session = await requireSession(...PROPOSERS);
  const { locale: segment, kind: kindSegment } = await params;
  const locale = asLocale(segment);
  const kind = kindOf(kindSegment);
  const t = await getTranslations('proposals');
  const words = await getTranslations('governance');
  const common = await getTranslations('common');
  const choices = await viewProposalChoices(session);
  const investorId = (await oneParam(searchParams, 'investor')) ?? '';
  const offering = await oneParam(searchParams, 'offering');
  const { path } = DESK_PLACES.proposals;
  const nothing =
    kind === 'OFFERING' && choices.drafts.length === 0
      ? t('form.none-drafts')
      : kind === 'OFFERING_CANCEL' && choices.running.length === 0
        ? t('form.none-running')
        : null;
  return (
    <>
      <DeskHeading
        kicker={<Link href={localePath(locale, `${path}/new`)}>{t('new')}</Link>}
        title={words(`kind.${kind}`)}
        lead={t(`start.${kind}`)}
      />
      {nothing ? (
        <Callout title={nothing} />
      ) : (
        <ActionForm action={proposeAction} locale={locale} summaryTitle={common('form.summary')}>
          <HiddenFields values={{ key: randomUUID(), kind }} />
          <KindFieldsOf
            locale={locale}
            kind={kind}
            choices={choices}
            texts={null}
            values={{ investorId, ...(offering && { offering }) }}
          />
          <div>
            <Button>{t('form.act')}</Button>
          </div>
        </ActionForm>
      )}
    </>
  );
}

export const generateMetadata = staffMetadata(PROPOSERS, metadata);
export default forStaff(PROPOSERS, ProposePage);
