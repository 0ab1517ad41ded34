import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { Callout } from '@/components/ui/callout';
import { DeskHeading } from '@/components/ui/desk-heading';
import { DeskTable } from '@/components/ui/desk-table';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import type { Locale } from '@/lib/domain/states';
import { formatDate, formatInstant, formatMoney } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { mayPropose } from '@/lib/services/view-proposals';
import { type ValuationView, viewValuationDay } from '@/lib/services/view-valuations';
import { forStaff, staffMetadata } from '../../for-staff';
import { Balance, Classes, Marks } from './figures';
import { ProposeCorrection, ProposePublication } from './propose';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/operator/valuations/[date]'>;

const load = cache(async (date: string) => {
  const session = await requireSession(...DESK_PLACES.valuations.roles);
  return { session, day: await viewValuationDay(session, date) };
});

async function metadata({ params }: Props): Promise<Metadata> {
  const { locale: segment, date } = await params;
  const locale = asLocale(segment);
  if (!(await load(date)).day) return missingMetadata(locale);
  return { title: (await getTranslations('valuations'))('day', { date: formatDate(locale, date) }) };
}

/** One day's value: what it is made of, why it stands still if it does, its revisions, and what can be proposed. */
async function ValuationPage({ params, searchParams }: Props) {
  const { locale: segment, date } = await params;
  const locale = asLocale(segment);
  const { session, day } = await load(date);
  if (!day) return <Missing locale={locale} />;
  const { current, classes, marks, revisions } = day;
  const { done } = await searchParams;
  const t = await getTranslations('valuations');
  const liftable = current.reason === 'JUMP' || current.reason === 'OUT_OF_TOLERANCE';
  const proposes = mayPropose(session.role);
  return (
    <>
      {done === 'imported' && <Callout tone="good" title={t('imported', { state: t(`state.${current.state}`) })} />}
      <DeskHeading
        kicker={<Link href={localePath(locale, DESK_PLACES.valuations.path)}>{t('title')}</Link>}
        title={t('day', { date: formatDate(locale, date) })}
        lead={t(`state-note.${current.state}`)}
      />
      {current.state === 'HELD' && current.reason && (
        <Callout tone="notice" title={t(`reason.${current.reason}`)}>
          <p>{t(`what-now.${current.reason}`)}</p>
        </Callout>
      )}
      <Classes locale={locale} classes={classes} />
      <Balance locale={locale} valuation={current} />
      <Marks locale={locale} marks={marks} />
      <Revisions locale={locale} revisions={revisions} />
      {proposes && current.state === 'HELD' && liftable && <ProposePublication locale={locale} valuation={current} />}
      {proposes && current.state === 'PUBLISHED' && current.source !== 'OPENING' && (
        <ProposeCorrection locale={locale} valuation={current} />
      )}
    </>
  );
}

async function Revisions({ locale, revisions }: { locale: Locale; revisions: readonly ValuationView[] }) {
  const t = await getTranslations('valuations');
  const at = (instant: Date | null) => (instant ? formatInstant(locale, instant) : t('none'));
  return (
    <section className="grid gap-2">
      <h2 className="font-700">{t('revisions')}</h2>
      <DeskTable
        caption={t('revisions')}
        columns={[
          { key: 'revision', label: t('columns.revision') },
          { key: 'state', label: t('columns.state') },
          { key: 'reason', label: t('columns.reason') },
          { key: 'source', label: t('columns.source') },
          { key: 'assets', label: t('columns.assets'), figure: true },
          { key: 'struck', label: t('columns.struck') },
          { key: 'published', label: t('columns.published') },
          { key: 'proposal', label: t('columns.proposal') },
        ]}
        rows={revisions.map((line) => ({
          id: String(line.revision),
          cells: [
            String(line.revision),
            t(`state.${line.state}`),
            line.reason ? t(`reason.${line.reason}`) : t('none'),
            t(`source.${line.source}`),
            line.netAssetsUsdMinor === null ? t('none') : formatMoney(locale, line.netAssetsUsdMinor, 'USD'),
            at(line.struckAt),
            at(line.publishedAt),
            line.proposalId && line.proposalNumber !== null ? (
              <Link key="proposal" href={localePath(locale, `${DESK_PLACES.proposals.path}/${line.proposalId}`)}>
                {t('proposal', { number: line.proposalNumber })}
              </Link>
            ) : (
              t('none')
            ),
          ],
        }))}
        empty=""
      />
    </section>
  );
}

export const generateMetadata = staffMetadata(DESK_PLACES.valuations.roles, metadata);
export default forStaff(DESK_PLACES.valuations.roles, ValuationPage);
