import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { AllotmentPreview } from '@/components/finance/allotment-preview';
import { Hash, ProposalChanges } from '@/components/finance/proposal-changes';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { DeskHeading } from '@/components/ui/desk-heading';
import { Disclosure } from '@/components/ui/disclosure';
import { Facts } from '@/components/ui/facts';
import { Written } from '@/components/ui/written';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import type { Country, Locale } from '@/lib/domain/states';
import { formatDeadline, formatInstant, formatInteger } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import type { StaffSession } from '@/lib/services/read-as-staff';
import { viewAllotmentPreview } from '@/lib/services/view-desk-draw';
import { type SeenProposal, viewProposal } from '@/lib/services/view-proposals';
import { forStaff, staffMetadata } from '../../for-staff';
import { Acts } from './acts';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/operator/proposals/[id]'>;

const load = cache(async (id: string) => {
  const session = await requireSession(...DESK_PLACES.proposals.roles);
  return { session, proposal: (await viewProposal(session, id)) ?? notFound() };
});

async function titleOf({ number, kind }: SeenProposal): Promise<string> {
  const [t, words] = [await getTranslations('proposals.one'), await getTranslations('governance.kind')];
  return t('title', { number, kind: words(kind) });
}

async function metadata({ params }: Props): Promise<Metadata> {
  const { proposal } = await load((await params).id);
  return { title: await titleOf(proposal) };
}

const DONE = ['proposed', 'edited', 'signed', 'executed', 'rejected', 'withdrawn'] as const;

/** One proposal: what it changes, who has signed, its whole history, and what the reader may do with it. */
async function ProposalPage({ params, searchParams }: Props) {
  const { locale: segment, id } = await params;
  const locale = asLocale(segment);
  const { session, proposal } = await load(id);
  const said = (await searchParams).done;
  const done = DONE.find((known) => known === said);
  const t = await getTranslations('proposals');
  const current = proposal.revisions.at(-1);
  return (
    <>
      {done && <Callout tone="good" title={t(`done.${done}`)} />}
      <DeskHeading
        kicker={<Link href={localePath(locale, DESK_PLACES.proposals.path)}>{t('one.back')}</Link>}
        title={await titleOf(proposal)}
        act={
          proposal.may.edit && (
            <LinkButton look="secondary" href={localePath(locale, `${DESK_PLACES.proposals.path}/${id}/edit`)}>
              {t('edit.act')}
            </LinkButton>
          )
        }
      />
      <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 content-start gap-8">
          <section className="grid gap-2">
            <h2 className="font-700">{t('one.changes')}</h2>
            <ProposalChanges
              locale={locale}
              payload={proposal.payload}
              name={proposal.subjectName}
              from={proposal.from}
              over={proposal.state !== 'OPEN'}
            />
          </section>
          {'listSha256' in proposal.payload && proposal.state === 'OPEN' && (
            <Preview locale={locale} session={session} slug={proposal.payload.offering} />
          )}
          {current && <Acts locale={locale} proposal={proposal} current={current} side={session.side} />}
        </div>
        <div className="grid min-w-0 content-start gap-8">
          <Standing locale={locale} proposal={proposal} />
          <History locale={locale} proposal={proposal} />
        </div>
      </div>
      {current && (
        <section className="grid gap-2">
          <h2 className="font-700">{t('one.words')}</h2>
          <p className="measure text-[0.875rem] text-soft">{t('one.words-note')}</p>
          <Facts items={[{ term: t('one.sha256'), value: <Hash text={current.sha256} /> }]} />
          <Disclosure summary={t('one.payload')}>
            {/* What is signed is in no language: these are its bytes. */}
            <pre lang="zxx" className="overflow-x-auto whitespace-pre-wrap break-all bg-sunken p-4 text-[0.875rem]">
              {current.payload}
            </pre>
          </Disclosure>
        </section>
      )}
    </>
  );
}

/** What the signers of an allotment sign for. */
async function Preview({ locale, session, slug }: { locale: Locale; session: StaffSession; slug: string }) {
  const [t, found] = [await getTranslations('desk.draw.preview'), await viewAllotmentPreview(session, slug)];
  if (!found) return null;
  return (
    <section className="grid gap-2">
      <h2 className="font-700">{t('title')}</h2>
      {found.waits && <Callout title={t('waits', { at: formatInstant(locale, found.pulseAt) })} />}
      <AllotmentPreview locale={locale} offering={found.offering} preview={found.preview} />
      <p>
        <Link href={localePath(locale, `${DESK_PLACES.offerings.path}/${slug}/draw`)}>{t('see')}</Link>
      </p>
    </section>
  );
}

async function Standing({ locale, proposal }: { locale: Locale; proposal: SeenProposal }) {
  const t = await getTranslations('proposals.one');
  const form = await getTranslations('proposals.form');
  const words = await getTranslations('governance');
  const { state, signedUs, signedJp, proposerSide } = proposal;
  const waits = state !== 'OPEN' ? t('nothing') : signedUs ? t('waits-JP') : signedJp ? t('waits-US') : t('waits-both');
  return (
    <section className="grid gap-2">
      <h2 className="font-700">{t('state')}</h2>
      <Facts
        items={[
          { term: t('state'), value: words(`state.${state}`) },
          { term: t('waits'), value: waits },
          {
            term: t('proposer'),
            value: <Written>{proposal.proposerName}</Written>,
            note: proposerSide ? words(`side.${proposerSide}`) : words('manager'),
          },
          { term: t('created'), value: formatInstant(locale, proposal.createdAt) },
          {
            term: t('expires'),
            value: formatDeadline(locale, proposal.expiresAt),
            // The day itself may come before the proposal expires.
            note: proposal.kind === 'HOLIDAY_CHANGE' && state === 'OPEN' && form('holiday-hint'),
          },
          { term: t('revision'), value: String(proposal.revision) },
        ]}
      />
    </section>
  );
}

type Event = {
  log: bigint;
  what: string;
  name: string | null;
  side: Country | null;
  at: Date;
  note?: string;
  reason?: string | null;
};

/** Everything that happened to it, in the order of the log. */
async function History({ locale, proposal }: { locale: Locale; proposal: SeenProposal }) {
  const t = await getTranslations('proposals');
  const words = await getTranslations('governance');
  const { state, closedAt, closedLog } = proposal;
  const events: Event[] = [
    ...proposal.revisions.map(({ revision, reason, at, log }) => ({
      log,
      what: t(`event.${reason}`),
      name: reason === 'SIGNER_CHANGED' ? null : proposal.proposerName,
      side: proposal.proposerSide,
      at,
      note: t('event.SUM', { revision }),
    })),
    ...proposal.signatures.map(({ side, name, at, log, revision }) => ({
      log,
      what: t('event.SIGNED', { side: words(`side.${side}`) }),
      name,
      side,
      at,
      note: t('event.SUM', { revision }),
    })),
    ...(closedAt && closedLog !== null && state !== 'OPEN'
      ? [
          {
            log: closedLog,
            what: t(`event.${state}`),
            name: state === 'EXECUTED' ? null : proposal.closedByName,
            side: proposal.closedBySide,
            at: closedAt,
            reason: proposal.closedReason,
          },
        ]
      : []),
  ].sort((a, b) => Number(a.log - b.log));
  return (
    <section className="grid gap-2">
      <h2 className="font-700">{t('one.history')}</h2>
      <ol className="divide-y divide-line border-y border-line text-[0.875rem]">
        {events.map(({ log, what, name, side, at, note, reason }) => (
          <li key={String(log)} className="grid gap-1 py-2">
            <p className="font-700">{what}</p>
            <p className="text-soft">
              {formatInstant(locale, at)} {name && <Written>{name}</Written>} {side && words(`side.${side}`)} {note}
            </p>
            {reason && <p>{t.rich('reason-given', { reason: () => <Written>{reason}</Written> })}</p>}
            <p className="text-soft">{t('entry', { sequence: formatInteger(locale, log) })}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

export const generateMetadata = staffMetadata(DESK_PLACES.proposals.roles, metadata);
export default forStaff(DESK_PLACES.proposals.roles, ProposalPage);
