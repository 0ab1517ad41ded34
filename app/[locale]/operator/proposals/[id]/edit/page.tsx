import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { DeskHeading } from '@/components/ui/desk-heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import type { Payload } from '@/lib/domain/governance/kinds';
import { COVENANT_LIMITS } from '@/lib/domain/states';
import { decimalString } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import type { KindFields } from '@/lib/services/payload-of-form';
import { viewDocumentTexts, viewProposal, viewProposalChoices } from '@/lib/services/view-proposals';
import { forStaff, PROPOSERS, staffMetadata } from '../../../for-staff';
import { editAction } from '../../actions';
import { KindFieldsOf } from '../../kind-fields';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/operator/proposals/[id]/edit'>;

const load = cache(async (id: string) => {
  const session = await requireSession(...PROPOSERS);
  const proposal = await viewProposal(session, id);
  return proposal?.may.edit ? { session, proposal } : notFound();
});

async function metadata({ params }: Props): Promise<Metadata> {
  const { proposal } = await load((await params).id);
  return { title: (await getTranslations('proposals'))('edit.title', { number: proposal.number }) };
}

/** What a proposal of one's own says, to be changed. */
async function EditProposalPage({ params }: Props) {
  const { locale: segment, id } = await params;
  const locale = asLocale(segment);
  const { session, proposal } = await load(id);
  const t = await getTranslations('proposals');
  const common = await getTranslations('common');
  const choices = await viewProposalChoices(session);
  const values = fieldsOf(proposal.payload);
  const texts = values.document ? await viewDocumentTexts(session, values.document) : null;
  return (
    <>
      <DeskHeading
        kicker={<Link href={localePath(locale, `${DESK_PLACES.proposals.path}/${id}`)}>{t('one.back')}</Link>}
        title={t('edit.title', { number: proposal.number })}
        lead={t('edit.lead')}
      />
      <ActionForm
        action={editAction}
        locale={locale}
        summaryTitle={common('form.summary')}
        className={texts ? 'max-w-none' : ''}
      >
        <HiddenFields values={{ id, revision: String(proposal.revision), kind: proposal.kind }} />
        <KindFieldsOf locale={locale} kind={proposal.kind} choices={choices} texts={texts} values={values} />
        <div>
          <Button>{t('edit.save')}</Button>
        </div>
      </ActionForm>
    </>
  );
}

/** The payload as its form shows it. */
function fieldsOf(payload: Payload): KindFields {
  if ('holiday' in payload) return payload;
  const remark = 'remark' in payload ? { remark: payload.remark } : {};
  if ('userId' in payload) {
    const { userId, role, side } = payload;
    return { ...remark, member: userId, post: side ? `${role}-${side}` : role };
  }
  if ('investorId' in payload) {
    return { ...remark, investorId: payload.investorId, ...('reason' in payload && { reason: payload.reason }) };
  }
  if ('limits' in payload) {
    const limits = COVENANT_LIMITS.flatMap((name) => {
      const value = payload.limits[name];
      return value === undefined ? [] : [[`limit${name}`, decimalString(BigInt(value), 2)]];
    });
    return { ...remark, ...Object.fromEntries(limits) };
  }
  if ('en' in payload) {
    const { slug, en, ja } = payload;
    return { document: slug, titleEn: en.title, bodyEn: en.body, titleJa: ja.title, bodyJa: ja.body };
  }
  if ('dealingFrom' in payload) return { ...remark, unitClass: payload.class, dealingFrom: payload.dealingFrom };
  return 'offering' in payload ? { ...remark, offering: payload.offering } : remark;
}

export const generateMetadata = staffMetadata(PROPOSERS, metadata);
export default forStaff(PROPOSERS, EditProposalPage);
