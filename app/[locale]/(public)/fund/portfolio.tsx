/** What the fund owns: by sector as bars that are a table at the same time, against the covenant's limits, and every project. */
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Table } from '@/components/ui/table';
import { type Part, spread } from '@/lib/domain/fund/portfolio';
import type { Locale, ProjectSector } from '@/lib/domain/states';
import { formatLargeMoney, formatPercentE4 } from '@/lib/i18n/format';
import { localePath } from '@/lib/i18n/locale';
import { loadMessages } from '@/lib/i18n/messages';
import type { ProjectView } from '@/lib/public-data/fund';

/** The name of a state by its postal code; a code that is none stands as it is. */
async function stateNames(locale: Locale): Promise<(code: string) => string> {
  const names: Record<string, string> = (await loadMessages(locale)).fund.portfolio['state-name'];
  return (code) => names[code] ?? code;
}

export async function Portfolio({
  locale,
  projects,
  assetsUsdMinor,
  limits,
}: {
  locale: Locale;
  projects: readonly ProjectView[];
  assetsUsdMinor: bigint;
  /** The covenant's, parts of ten thousand. */
  limits: { sectorE4: bigint; stateE4: bigint };
}) {
  const t = await getTranslations('fund.portfolio');
  const stateName = await stateNames(locale);
  const sectors = spread(projects, ({ sector }) => sector, assetsUsdMinor);
  const states = spread(projects, ({ usState }) => usState, assetsUsdMinor);
  const [largest] = states;
  if (!largest) return <p>{t('empty')}</p>;
  const committed = projects.reduce((sum, project) => sum + project.committedUsdMinor, 0n);
  const money = (value: bigint) => formatLargeMoney(locale, value, 'USD');
  return (
    <>
      <p className="measure">
        {t('lead', {
          committed: money(committed),
          assets: money(assetsUsdMinor),
          count: projects.length,
          states: states.length,
        })}
      </p>
      <h3 className="font-700">{t('sectors')}</h3>
      <Sectors locale={locale} sectors={sectors} limitE4={limits.sectorE4} />
      <p className="measure text-[0.875rem] text-soft">
        {t('limit', {
          sectorLimit: formatPercentE4(locale, limits.sectorE4, 0),
          stateLimit: formatPercentE4(locale, limits.stateE4, 0),
          state: stateName(largest.key),
          stateShare: formatPercentE4(locale, largest.shareE4, 1),
        })}{' '}
        <Link href={localePath(locale, '/governance')}>{t('governance')}</Link>
      </p>
      <h3 className="font-700">{t('projects')}</h3>
      <Table
        caption={t('projects-caption')}
        captionHidden
        columns={[
          { key: 'project', label: t('project') },
          { key: 'committed', label: t('committed'), figure: true },
          { key: 'paid', label: t('paid'), figure: true },
        ]}
        rows={projects.map((project) => ({
          id: `project-${project.slug}`,
          cells: [
            <span key="name">
              {project.name[locale]}
              <span className="block text-[0.875rem] text-soft">{t(`sector-name.${project.sector}`)}</span>
              <span className="block text-[0.875rem] text-soft">{stateName(project.usState)}</span>
            </span>,
            money(project.committedUsdMinor),
            formatPercentE4(locale, (project.paidUsdMinor * 10_000n) / project.committedUsdMinor, 0),
          ],
        }))}
      />
    </>
  );
}

/** Bars to the same scale, on which the covenant's limit is a line. */
async function Sectors({
  locale,
  sectors,
  limitE4,
}: {
  locale: Locale;
  sectors: readonly Part<ProjectSector>[];
  limitE4: bigint;
}) {
  const t = await getTranslations('fund.portfolio');
  const limit = Number(limitE4) / 100;
  return (
    <dl className="grid gap-3">
      {sectors.map(({ key, committedUsdMinor, shareE4 }) => (
        <div
          key={key}
          className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 sm:grid-cols-[9rem_1fr_9rem] sm:items-center"
        >
          <dt>{t(`sector-name.${key}`)}</dt>
          <dd className="figures text-right sm:order-last">
            {formatLargeMoney(locale, committedUsdMinor, 'USD')}{' '}
            <span className="inline-block w-14 text-soft">{formatPercentE4(locale, shareE4, 1)}</span>
          </dd>
          <dd aria-hidden="true" className="col-span-full sm:col-span-1">
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" className="h-5 w-full" fill="none">
              {/* Half of the width is 25 percent, so that the limit of 40 stands well inside. */}
              <path d="M 0 5 H 100" className="stroke-line" vectorEffect="non-scaling-stroke" />
              <rect width={Number(shareE4) / 50} height="10" className="fill-owner-us" />
              <path
                d={`M ${limit * 2} 0 V 10`}
                className="stroke-slice"
                strokeWidth="3"
                vectorEffect="non-scaling-stroke"
              />
            </svg>
          </dd>
        </div>
      ))}
    </dl>
  );
}
