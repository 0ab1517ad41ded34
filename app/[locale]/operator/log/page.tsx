import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Hash } from '@/components/finance/proposal-changes';
import { DeskHeading } from '@/components/ui/desk-heading';
import { DeskTable } from '@/components/ui/desk-table';
import { Pager } from '@/components/ui/pager';
import { TableFilter } from '@/components/ui/table-filter';
import { Written } from '@/components/ui/written';
import { oneParam } from '@/lib/actions/search-params';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { formatInstant, formatInteger } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { type LogLine, viewLog } from '@/lib/services/view-log';
import { forStaff, staffMetadata } from '../for-staff';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

async function metadata(): Promise<Metadata> {
  return { title: (await getTranslations('proposals'))('log.title') };
}

/** Every act of the operators, with the chain that holds them together. */
async function LogPage({ params, searchParams }: PageProps<'/[locale]/operator/log'>) {
  const session = await requireSession(...DESK_PLACES.log.roles);
  const locale = asLocale((await params).locale);
  const search = ((await oneParam(searchParams, 'q')) ?? '')
    .normalize('NFKC')
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 100);
  const asked = (await oneParam(searchParams, 'page')) ?? '';
  const page = /^[1-9][0-9]{0,4}$/.test(asked) ? Number(asked) : 1;
  const { rows, more } = await viewLog(session, { search, page });
  const t = await getTranslations('proposals.log');
  const pages = await getTranslations('proposals.pages');
  const words = await getTranslations('governance');
  const { path } = DESK_PLACES.log;
  const to = (n: number) =>
    localePath(locale, `${path}?${new URLSearchParams({ ...(search && { q: search }), page: String(n) })}`) as Route;
  const act = (kind: string) => {
    const name = `kind.${kind}` as 'kind.SIGNED';
    return t.has(name) ? t(name) : <span lang="en">{kind}</span>;
  };
  const cells = (line: LogLine) => [
    formatInteger(locale, line.sequence),
    act(line.kind),
    <span key="actor">
      {line.actorName ? (
        <Written>{line.actorName}</Written>
      ) : line.kind === 'EXECUTED' ? (
        words('both')
      ) : (
        words('system')
      )}
      {line.side && <span className="block text-soft">{words(`side.${line.side}`)}</span>}
    </span>,
    line.proposalId && line.proposalNumber !== null ? (
      <Link key="about" href={localePath(locale, `${DESK_PLACES.proposals.path}/${line.proposalId}`)}>
        {t('proposal', { number: line.proposalNumber })}
      </Link>
    ) : (
      <span key="about" lang="en">
        {line.subject}
      </span>
    ),
    formatInstant(locale, line.at),
    <Hash key="hash" text={line.sha256} />,
  ];
  return (
    <>
      <DeskHeading title={t('title')} lead={t('lead')} />
      <TableFilter
        label={t('search')}
        action={localePath(locale, path)}
        search={{ label: t('search'), hint: t('search-hint'), value: search }}
        fields={[]}
        hidden={{}}
        show={t('show')}
        clear={search ? { label: t('clear'), href: localePath(locale, path) } : null}
      />
      <DeskTable
        caption={t('title')}
        columns={(['sequence', 'act', 'actor', 'about', 'at', 'hash'] as const).map((key) => ({ key, label: t(key) }))}
        rows={rows.map((line) => ({ id: String(line.sequence), cells: cells(line) }))}
        empty={t('empty')}
      />
      <Pager
        label={pages('label')}
        range={pages('page', { page })}
        previous={page > 1 ? { label: pages('previous'), href: to(page - 1) } : null}
        next={more ? { label: pages('next'), href: to(page + 1) } : null}
        file={null}
      />
    </>
  );
}

export const generateMetadata = staffMetadata(DESK_PLACES.log.roles, metadata);
export default forStaff(DESK_PLACES.log.roles, LogPage);
