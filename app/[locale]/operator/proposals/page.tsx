import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LinkButton } from '@/components/ui/button';
import { DeskHeading } from '@/components/ui/desk-heading';
import { DeskTable } from '@/components/ui/desk-table';
import { Pager } from '@/components/ui/pager';
import { TableFilter } from '@/components/ui/table-filter';
import { Written } from '@/components/ui/written';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { type Locale, PROPOSAL_STATES } from '@/lib/domain/states';
import { formatDate, formatInstant } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { mayPropose, type ProposalLine, readProposalsQuery, viewProposals } from '@/lib/services/view-proposals';
import { forStaff, staffMetadata } from '../for-staff';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

async function metadata(): Promise<Metadata> {
  return { title: (await getTranslations('proposals'))('title') };
}

const SIDES = ['US', 'JP'] as const;

/** The inbox of joint approval: what waits for which side, and what became of everything else. */
async function ProposalsPage({ params, searchParams }: PageProps<'/[locale]/operator/proposals'>) {
  const session = await requireSession(...DESK_PLACES.proposals.roles);
  const locale = asLocale((await params).locale);
  const query = readProposalsQuery(await searchParams);
  const { rows, more } = await viewProposals(session, query);
  const t = await getTranslations('proposals');
  const words = await getTranslations('governance');
  const table = await getTranslations('desk.table');
  const { path } = DESK_PLACES.proposals;
  const to = (page: number) =>
    localePath(
      locale,
      `${path}?${new URLSearchParams({ ...(query.state && { state: query.state }), ...(query.waitsFor && { waits: query.waitsFor }), page: String(page) })}`,
    );
  const all = { value: '', label: t('filter.all') };
  return (
    <>
      <DeskHeading
        title={t('title')}
        lead={t('lead')}
        act={mayPropose(session.role) && <LinkButton href={localePath(locale, `${path}/new`)}>{t('new')}</LinkButton>}
      />
      <TableFilter
        label={t('filter.label')}
        action={localePath(locale, path)}
        hidden={{}}
        show={table('show')}
        clear={query.state || query.waitsFor ? { label: table('clear'), href: localePath(locale, path) } : null}
        fields={[
          {
            name: 'waits',
            label: t('one.waits'),
            value: query.waitsFor ?? undefined,
            options: [all, ...SIDES.map((value) => ({ value, label: t(`filter.${value}`) }))],
          },
          {
            name: 'state',
            label: t('columns.state'),
            value: query.state ?? undefined,
            options: [all, ...PROPOSAL_STATES.map((value) => ({ value, label: words(`state.${value}`) }))],
          },
        ]}
      />
      <DeskTable
        caption={t('title')}
        columns={(['number', 'kind', 'us', 'jp', 'state', 'subject', 'proposer', 'until'] as const).map((key) => ({
          key,
          label: t(`columns.${key}`),
        }))}
        rows={await Promise.all(rows.map(async (line) => ({ id: line.id, cells: await cellsOf(locale, line) })))}
        empty={t('empty')}
      />
      <Pager
        label={t('pages.label')}
        range={t('pages.page', { page: query.page })}
        previous={query.page > 1 ? { label: t('pages.previous'), href: to(query.page - 1) as Route } : null}
        next={more ? { label: t('pages.next'), href: to(query.page + 1) as Route } : null}
        file={null}
      />
    </>
  );
}

async function cellsOf(locale: Locale, line: ProposalLine): Promise<ReactNode[]> {
  const t = await getTranslations('proposals');
  const words = await getTranslations('governance');
  const open = line.state === 'OPEN';
  const signed = (has: boolean) => (has ? t('signed') : open ? t('missing') : t('unneeded'));
  const [about = '', name = ''] = line.subject.split(/:(.*)/s);
  return [
    <Link
      key="number"
      href={localePath(locale, `${DESK_PLACES.proposals.path}/${line.id}`)}
      className="inline-flex min-h-11 items-center"
    >
      {words('decisions.number', { number: line.number })}
    </Link>,
    words(`kind.${line.kind}`),
    signed(line.signedUs),
    signed(line.signedJp),
    words(`state.${line.state}`),
    about === 'fund' ? (
      t('subject.fund')
    ) : (
      <span key="about" className="block max-w-44 whitespace-normal [word-break:auto-phrase]">
        {t.rich(`subject.${about as 'account'}`, {
          name: () =>
            line.subjectName?.[locale] ??
            (about === 'nav' || about === 'holiday' ? (
              formatDate(locale, name.slice(-10))
            ) : (
              <span lang="en">{name}</span>
            )),
        })}
      </span>
    ),
    <span key="proposer">
      <Written>{line.proposerName}</Written>
      <span className="block text-soft">
        {line.proposerSide ? words(`side.${line.proposerSide}`) : words('manager')}
      </span>
    </span>,
    formatInstant(locale, line.closedAt ?? line.expiresAt),
  ];
}

export const generateMetadata = staffMetadata(DESK_PLACES.proposals.roles, metadata);
export default forStaff(DESK_PLACES.proposals.roles, ProposalsPage);
