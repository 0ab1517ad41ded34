import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { DrawSteps } from '@/components/finance/draw-steps';
import { alternates } from '@/components/layout/document';
import { PageHeading } from '@/components/ui/heading';
import { Section } from '@/components/ui/section';
import { DRAW_CHECKS } from '@/lib/domain/allotment/check-draw';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { getOffering, listOfferings, type Offering } from '@/lib/public-data/offerings';
import { getResult, type Result } from '@/lib/public-data/results';
import { CheckButton, type CheckLabels } from './check-button';

import { ResultFigures, SuccessBySize } from './figures';

export const ensureStatic = 'navigation';
export const instant = false;

type Props = PageProps<'/[locale]/offerings/[slug]/result'>;

export const generateStaticParams = async () => (await listOfferings()).map(({ slug }) => ({ slug }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = asLocale(await rootLocale());
  const { slug } = await params;
  const offering = await getOffering(slug);
  if (!offering) return {};
  const t = await getTranslations('results');
  return {
    title: t('title', { name: offering.name[locale] }),
    alternates: alternates(locale, `/offerings/${slug}/result`),
  };
}

export default async function ResultPage({ params }: Props) {
  const locale = asLocale(await rootLocale());
  const { slug } = await params;
  const [offering, result] = await Promise.all([getOffering(slug), getResult(slug)]);
  if (!offering || !result) notFound();
  const t = await getTranslations('results');
  const stage = stageOf(offering, result);
  return (
    <div className="grid gap-12">
      <div className="grid gap-4">
        <PageHeading
          kicker={t('kicker')}
          title={t('title', { name: offering.name[locale] })}
          lead={t(`lead.${stage}`)}
        />
        <p>
          <Link href={localePath(locale, `/offerings/${slug}`)}>{t('back')}</Link>
        </p>
      </div>

      {result.outcome && (
        <>
          <Section id="figures" title={t('figures.title')}>
            <ResultFigures locale={locale} offering={offering} result={result} figures={result.outcome.figures} />
          </Section>
          {result.outcome.figures.applicants > 0 && (
            <Section id="sizes" title={t('sizes.title')}>
              <SuccessBySize locale={locale} offering={offering} figures={result.outcome.figures} />
            </Section>
          )}
        </>
      )}
      {stage !== 'FIRST_COME' && stage !== 'CANCELLED' && (
        <Section id="draw" title={t('draw.title')} note={t('draw.note')}>
          <DrawSteps locale={locale} result={result} collecting={stage === 'COLLECTING'} />
        </Section>
      )}
      {result.outcome && result.list && (
        <Section id="check" title={t('check.title')} note={t('check.note')}>
          <Check slug={slug} listSha256={result.list.sha256} />
        </Section>
      )}
    </div>
  );
}

type Stage = 'FIRST_COME' | 'COLLECTING' | 'WAITING' | 'ALLOTTED' | 'CANCELLED';

function stageOf(offering: Offering, result: Result): Stage {
  if (offering.method === 'FIRST_COME') return 'FIRST_COME';
  if (offering.phase === 'CANCELLED') return 'CANCELLED';
  if (result.outcome) return 'ALLOTTED';
  return offering.phase === 'CLOSED' || result.list ? 'WAITING' : 'COLLECTING';
}

/** The button for the browser, the file, and the command for whoever would rather not trust a page to check itself. */
async function Check({ slug, listSha256 }: { slug: string; listSha256: string }) {
  const t = await getTranslations('results.check');
  const href = `/api/offerings/${slug}/result`;
  const labels: CheckLabels = {
    button: t('button'),
    verdict: {
      checking: t('verdict.checking'),
      matches: t('verdict.matches'),
      differs: t('verdict.differs'),
      failed: t('verdict.failed'),
    },
    checks: DRAW_CHECKS.map((id) => ({ id, text: t(`checks.${id}`) })),
    right: t('right'),
    wrong: t('wrong'),
    stated: t('stated'),
    recomputed: t('recomputed'),
  };
  return (
    <>
      <p className="measure">{t('text')}</p>
      <CheckButton href={href} published={listSha256} labels={labels} noscript={t('noscript')} />
      <p>
        <a href={href} download>
          {t('file')}
        </a>
      </p>
      <div className="grid gap-2">
        <p className="measure">{t('command')}</p>
        <code lang="en" className="block rounded-8 bg-sunken p-4 font-mono text-[0.875rem] break-all">
          npm run draw:verify -- wakachi-{slug}-result.json --list {listSha256}
        </code>
        <p className="measure text-[0.875rem] text-soft">{t('outcome')}</p>
      </div>
    </>
  );
}
