import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { DeskHeading } from '@/components/ui/desk-heading';
import { Facts } from '@/components/ui/facts';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { formatPercentE4, formatUnits } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { mayDraft, viewDeskOffering } from '@/lib/services/view-desk-offerings';
import { forStaff, staffMetadata } from '../../for-staff';
import { ProposeDraft } from './propose';
import { Terms } from './terms';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/operator/offerings/[slug]'>;

const load = cache(async (slug: string) => {
  const session = await requireSession(...DESK_PLACES.offerings.roles);
  return { session, offering: await viewDeskOffering(session, slug) };
});

async function metadata({ params }: Props): Promise<Metadata> {
  const { locale: segment, slug } = await params;
  const locale = asLocale(segment);
  const { offering } = await load(slug);
  if (!offering) return missingMetadata(locale);
  return { title: locale === 'ja' ? offering.nameJa : offering.nameEn };
}

/** One offering with its terms as both sides approve them, what has been sold, and what can be done with it now. */
async function DeskOfferingPage({ params, searchParams }: Props) {
  const { locale: segment, slug } = await params;
  const locale = asLocale(segment);
  const { session, offering } = await load(slug);
  if (!offering) return <Missing locale={locale} />;
  const { done } = await searchParams;
  const t = await getTranslations('desk.offering');
  const states = await getTranslations('desk.offering-state');
  const isDraft = offering.state === 'DRAFT';
  const isPublic = !isDraft && offering.state !== 'IN_APPROVAL';
  const units = (value: bigint) => formatUnits(locale, value, offering.unitDecimals);
  const path = `${DESK_PLACES.offerings.path}/${offering.slug}` as const;
  return (
    <>
      {done === 'saved' && isDraft && <Callout tone="good" title={t('saved')} />}
      <DeskHeading
        kicker={<Link href={localePath(locale, DESK_PLACES.offerings.path)}>{t('back')}</Link>}
        title={locale === 'ja' ? offering.nameJa : offering.nameEn}
        act={
          isDraft &&
          mayDraft(session.role) && <LinkButton href={localePath(locale, `${path}/edit`)}>{t('edit')}</LinkButton>
        }
      />
      <div className="grid gap-x-12 gap-y-6 xl:grid-cols-2">
        <section className="grid content-start gap-2">
          <h2 className="font-700">{t('progress')}</h2>
          <Facts
            items={[
              { term: t('state'), value: states(offering.state), note: t(`state-note.${offering.state}`) },
              ...(offering.askedUnits === null
                ? []
                : [{ term: t('asked'), value: units(offering.askedUnits), figure: true }]),
              { term: t('sold'), value: units(offering.soldUnits), figure: true },
              {
                term: t('share'),
                value: formatPercentE4(locale, (offering.soldUnits * 10_000n) / offering.sizeUnits, 1),
                figure: true,
              },
              {
                term: t('public'),
                value: isPublic ? (
                  <Link href={localePath(locale, `/offerings/${offering.slug}`)}>{t('public-see')}</Link>
                ) : (
                  t('public-not')
                ),
              },
              ...(isPublic && offering.method !== 'FIRST_COME'
                ? [{ term: t('draw'), value: <Link href={localePath(locale, `${path}/draw`)}>{t('draw-see')}</Link> }]
                : []),
            ]}
          />
        </section>
        <Terms locale={locale} offering={offering} />
      </div>
      {isDraft && mayDraft(session.role) && <ProposeDraft locale={locale} offering={offering} />}
    </>
  );
}

export const generateMetadata = staffMetadata(DESK_PLACES.offerings.roles, metadata);
export default forStaff(DESK_PLACES.offerings.roles, DeskOfferingPage);
