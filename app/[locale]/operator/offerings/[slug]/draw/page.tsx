import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { AllotmentPreview } from '@/components/finance/allotment-preview';
import { DrawSteps } from '@/components/finance/draw-steps';
import { RunProgress } from '@/components/finance/run-progress';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { DeskHeading } from '@/components/ui/desk-heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { Section } from '@/components/ui/section';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { formatInstant } from '@/lib/i18n/format';
import { asLocale, type Locale, localePath } from '@/lib/i18n/locale';
import { type DeskDraw, viewDeskDraw } from '@/lib/services/view-desk-draw';
import { forStaff, staffMetadata } from '../../../for-staff';
import { proposeAllotmentAction } from '../../actions';
import { CommitForm, RevealForm } from './secrets';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/operator/offerings/[slug]/draw'>;

const load = cache(async (slug: string) => {
  const session = await requireSession(...DESK_PLACES.offerings.roles);
  return { session, draw: await viewDeskDraw(session, slug) };
});

const nameOf = (locale: Locale, { offering }: DeskDraw) => (locale === 'ja' ? offering.nameJa : offering.nameEn);

async function metadata({ params }: Props): Promise<Metadata> {
  const { locale: segment, slug } = await params;
  const locale = asLocale(segment);
  const { draw } = await load(slug);
  if (!draw) return missingMetadata(locale);
  return { title: (await getTranslations('desk.draw'))('title', { name: nameOf(locale, draw) }) };
}

const DONE = ['committed', 'revealed'] as const;

/** A window from the commitments of both sides to the end of its run: what stands, and what the reader may do next. */
async function DeskDrawPage({ params, searchParams }: Props) {
  const { locale: segment, slug } = await params;
  const locale = asLocale(segment);
  const { session, draw } = await load(slug);
  if (!draw) return <Missing locale={locale} />;
  const said = (await searchParams).done;
  const done = DONE.find((known) => known === said);
  const t = await getTranslations('desk.draw');
  const { offering, result, preview, run, may } = draw;
  const collecting = offering.state === 'APPROVED' || offering.state === 'OPEN';
  const { side } = session;
  return (
    <>
      {done && <Callout tone="good" title={t(`done.${done}`)} />}
      <DeskHeading
        kicker={<Link href={localePath(locale, `${DESK_PLACES.offerings.path}/${slug}`)}>{t('back')}</Link>}
        title={t('title', { name: nameOf(locale, draw) })}
        lead={t(offering.state === 'CANCELLED' ? 'lead-cancelled' : 'lead')}
      />
      {run && (
        <Section id="run" title={t(`run.title.${run.purpose}`)}>
          <RunProgress locale={locale} run={run} />
          {run.purpose === 'ALLOT' && run.step !== 'ALLOT' && (
            <p>
              <Link href={localePath(locale, `/offerings/${slug}/result`)}>{t('run.result')}</Link>
            </p>
          )}
        </Section>
      )}
      {side && may.commit && (
        <Section id="commit" title={t('commit.title')}>
          <CommitForm {...{ locale, slug, side }} until={offering.closesAt} />
        </Section>
      )}
      {side && may.reveal && result.list && (
        <Section id="reveal" title={t('reveal.title')}>
          <RevealForm {...{ locale, slug, side }} until={result.list.revealBy} />
        </Section>
      )}
      {preview && (
        <Section id="preview" title={t('preview.title')} note={t('preview.note')}>
          <AllotmentPreview {...{ locale, offering, preview }} />
          <Propose locale={locale} draw={draw} />
        </Section>
      )}
      {offering.state !== 'CANCELLED' && (
        <Section id="draw" title={t('steps')}>
          <DrawSteps locale={locale} result={result} collecting={collecting} />
        </Section>
      )}
    </>
  );
}

/** Hands the list to both sides. The run starts with the second signature, which waits for the beacon. */
async function Propose({ locale, draw: { offering, result, open, may } }: { locale: Locale; draw: DeskDraw }) {
  const t = await getTranslations('desk.draw.propose');
  const common = await getTranslations('common');
  if (open)
    return (
      <p>
        <Link href={localePath(locale, `${DESK_PLACES.proposals.path}/${open.id}`)}>
          {t('open', { number: open.number })}
        </Link>
      </p>
    );
  if (!may.propose || !result.list) return null;
  return (
    <ActionForm action={proposeAllotmentAction} locale={locale} summaryTitle={common('form.summary')}>
      <p className="measure">{t('text', { at: formatInstant(locale, result.list.pulseAt) })}</p>
      <HiddenFields values={{ key: randomUUID(), slug: offering.slug, listSha256: result.list.sha256 }} />
      <div>
        <Button>{t('act')}</Button>
      </div>
    </ActionForm>
  );
}

export const generateMetadata = staffMetadata(DESK_PLACES.offerings.roles, metadata);
export default forStaff(DESK_PLACES.offerings.roles, DeskDrawPage);
