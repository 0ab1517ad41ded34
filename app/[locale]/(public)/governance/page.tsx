import type { Metadata } from 'next';
import Link from 'next/link';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { Hash, ProposalChanges } from '@/components/finance/proposal-changes';
import { alternates } from '@/components/layout/document';
import { Disclosure } from '@/components/ui/disclosure';
import { Facts } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/heading';
import { Section } from '@/components/ui/section';
import { Table } from '@/components/ui/table';
import { isFloor, isOfEachDay } from '@/lib/domain/covenant/covenant';
import { parsePayload } from '@/lib/domain/governance/kinds';
import type { Locale } from '@/lib/domain/states';
import { formatDate, formatInstant, formatInstantDate, formatInteger, formatPercentE4 } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { type CovenantLine, type Decision, getLog, listCovenant, listDecisions } from '@/lib/public-data/governance';

export const ensureStatic = 'navigation';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('governance');
  return {
    title: t('title'),
    description: t('lead'),
    alternates: alternates(asLocale(await rootLocale()), '/governance'),
  };
}

/** What both sides decided and are bound by, and the means to check the record. No person is named. */
export default async function GovernancePage() {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('governance');
  const [limits, decisions, log] = await Promise.all([listCovenant(), listDecisions(), getLog()]);
  return (
    <div className="grid gap-12 lg:gap-16">
      <PageHeading title={t('title')} lead={t('lead')} />
      <Section id="limits" title={t('limits.title')} note={t('limits.note')}>
        <Limits locale={locale} limits={limits} />
      </Section>
      <Section id="decisions" title={t('decisions.title')} note={t('decisions.note')}>
        {decisions.length === 0 && <p>{t('decisions.none')}</p>}
        <ol className="grid gap-6">
          {decisions.map((decision) => (
            <li key={decision.number} className="border-b border-line pb-6 last:border-0 last:pb-0">
              <Decided locale={locale} decision={decision} />
            </li>
          ))}
        </ol>
      </Section>
      <Section id="log" title={t('log.title')} note={t('log.note')}>
        <p className="measure">{t('log.what')}</p>
        {log.head ? (
          <Facts
            items={[
              {
                term: t('log.head'),
                value: t('log.entry', { sequence: formatInteger(locale, log.head.sequence) }),
                note: formatInstant(locale, log.head.at),
              },
              { term: t('log.sha256'), value: <Hash text={log.head.sha256} /> },
            ]}
          />
        ) : (
          <p>{t('log.empty')}</p>
        )}
        {log.checkpoints.length > 0 && (
          <Table
            caption={t('log.checkpoints')}
            columns={[
              { key: 'published', label: t('log.published') },
              { key: 'sequence', label: t('log.sequence'), figure: true },
              { key: 'sha256', label: t('log.sha256') },
            ]}
            rows={log.checkpoints.map((point) => ({
              id: `checkpoint-${point.sequence}`,
              cells: [
                formatInstantDate(locale, point.publishedAt),
                formatInteger(locale, point.sequence),
                <Hash key="hash" text={point.sha256} />,
              ],
            }))}
          />
        )}
      </Section>
    </div>
  );
}

async function Limits({ locale, limits }: { locale: Locale; limits: readonly CovenantLine[] }) {
  const t = await getTranslations('governance');
  const common = await getTranslations('fund');
  return (
    <>
      <Table
        caption={t('limits.caption')}
        captionHidden
        columns={[
          { key: 'name', label: t('limits.name') },
          { key: 'allowed', label: t('limits.allowed'), figure: true },
          { key: 'today', label: t('limits.today'), figure: true },
          { key: 'since', label: t('limits.since') },
        ]}
        rows={limits.map(({ name, limitE4, actualE4, since }) => ({
          id: `limit-${name.toLowerCase()}`,
          cells: [
            <span key="name" className="block min-w-36">
              {t(`limit.${name}`)}
              <span className="block text-[0.875rem] text-soft">{t(`limit-note.${name}`)}</span>
            </span>,
            t(isFloor(name) ? 'at-least' : 'at-most', { value: formatPercentE4(locale, limitE4) }),
            isOfEachDay(name) ? t('each-day') : formatPercentE4(locale, actualE4),
            <span key="since" className="whitespace-nowrap">
              {formatInstantDate(locale, since)}
            </span>,
          ],
        }))}
      />
      <Disclosure summary={common('why')}>
        <p className="measure">{t('limits.why')}</p>
      </Disclosure>
      <p>
        <Link href={localePath(locale, '/documents')} className="inline-flex min-h-11 items-center">
          {t('limits.document')}
        </Link>
      </p>
    </>
  );
}

/** The offering, the class or the document that was decided about, by its name, or the day of a price. */
function Subject({ locale, decision: { subject, subjectName } }: { locale: Locale; decision: Decision }) {
  const [about, name = ''] = subject?.split(/:(.*)/s) ?? [];
  if (about === 'nav') return <p>{formatDate(locale, name)}</p>;
  if (about === 'holiday') {
    const day = name.slice(-10);
    return (
      <p>
        <Link href={localePath(locale, `/calendar?month=${day.slice(0, 7)}#month`)}>{formatDate(locale, day)}</Link>
      </p>
    );
  }
  if (!subjectName) return null;
  const path =
    about === 'offering' ? (`/offerings/${name}` as const) : about === 'dealing' ? '/calendar' : '/documents';
  return (
    <p>
      <Link href={localePath(locale, path)}>{subjectName[locale]}</Link>
    </p>
  );
}

async function Decided({ locale, decision }: { locale: Locale; decision: Decision }) {
  const t = await getTranslations('governance');
  const { kind, state, number, payload, sha256, before, proposerSide, usSignedAt, jpSignedAt, closedAt, closedSide } =
    decision;
  const at = (instant: Date) => ({ at: formatInstant(locale, instant) });
  const who = proposerSide ? t(`side.${proposerSide}`) : t('manager');
  const steps = [
    t('decisions.proposed', { ...at(decision.createdAt), who }),
    ...(usSignedAt ? [t('decisions.signed-us', at(usSignedAt))] : []),
    ...(jpSignedAt ? [t('decisions.signed-jp', at(jpSignedAt))] : []),
    ...(state === 'EXECUTED' ? [t('decisions.carried-out', at(closedAt))] : []),
    ...(state === 'REJECTED' && closedSide
      ? [t('decisions.rejected', { ...at(closedAt), side: t(`side.${closedSide}`) })]
      : []),
    ...(state === 'WITHDRAWN' ? [t('decisions.withdrawn', at(closedAt))] : []),
    ...(state === 'EXPIRED' ? [t('decisions.expired', at(closedAt))] : []),
    t('decisions.entry', { sequence: formatInteger(locale, decision.logSequence) }),
  ];
  return (
    <article className="grid gap-2">
      <h3 className="flex flex-wrap items-baseline gap-x-3 text-[1.125rem] font-700">
        {t('decisions.number', { number })} {t(`kind.${kind}`)}
        <span className="rounded-8 bg-sunken px-2 py-1 text-[0.875rem] font-400">{t(`state.${state}`)}</span>
      </h3>
      <Subject locale={locale} decision={decision} />
      <ul className="text-[0.875rem] text-soft">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      {payload && sha256 ? (
        <Disclosure summary={t('decisions.words')}>
          <ProposalChanges
            locale={locale}
            payload={parsePayload(kind, payload)}
            name={decision.subjectName}
            from={before}
            over
          />
          <p className="text-[0.875rem] text-soft">
            {t('decisions.hash')} <Hash text={sha256} />
          </p>
          {/* What was signed is in no language: these are its bytes. */}
          <pre lang="zxx" className="overflow-x-auto whitespace-pre-wrap break-all bg-sunken p-4 text-[0.875rem]">
            {payload}
          </pre>
        </Disclosure>
      ) : (
        state === 'EXECUTED' && <p className="measure text-[0.875rem]">{t('decisions.people')}</p>
      )}
    </article>
  );
}
