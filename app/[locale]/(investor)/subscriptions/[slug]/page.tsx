import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { Callout } from '@/components/ui/callout';
import { PageHeading } from '@/components/ui/heading';
import { Section } from '@/components/ui/section';
import { Table } from '@/components/ui/table';
import { getSubscriptionPage, type SubscriptionPage } from '@/db/queries/investor-pages';
import { requireInvestor } from '@/lib/auth/session';
import { SUBSCRIPTION_ACTS } from '@/lib/domain/states';
import { formatInstant, formatSignedMoney, formatUnits } from '@/lib/i18n/format';
import { asLocale, type Locale, localePath } from '@/lib/i18n/locale';
import { NewVersion } from './new-version';
import { Outcome } from './outcome';
import { Standing } from './standing';
import { WhatNext } from './what-next';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/subscriptions/[slug]'>;

/** A window in which this person never asked for anything and one that is not there are the same page: none. */
const load = cache(async (slug: string) => getSubscriptionPage((await requireInvestor()).investorId, slug));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale: segment, slug } = await params;
  const locale = asLocale(segment);
  const page = await load(slug);
  if (!page) return missingMetadata(locale);
  return { title: (await getTranslations('subscription'))('title', { offering: page.offering.name[locale] }) };
}

/** All that one person has to do with a window: what they asked for, what waits for what, and after the allotment what they got. */
export default async function SubscriptionsPage({ params, searchParams }: Props) {
  const { locale: segment, slug } = await params;
  const locale = asLocale(segment);
  const page = await load(slug);
  if (!page) return <Missing locale={locale} />;
  const t = await getTranslations('subscription');
  const { done } = await searchParams;
  const act = SUBSCRIPTION_ACTS.find((name) => name === done);
  return (
    <>
      <PageHeading
        kicker={<Link href={localePath(locale, `/offerings/${page.offering.slug}`)}>{t('offering')}</Link>}
        title={t('title', { offering: page.offering.name[locale] })}
      />
      {act && (
        <Callout tone="good" title={t(`done.${act}`)}>
          <p>{t(`done-note.${act}`)}</p>
        </Callout>
      )}
      <NewVersion locale={locale} page={page} />
      {page.allotment?.booked ? (
        <Outcome locale={locale} page={page} allotment={page.allotment} />
      ) : (
        <WhatNext locale={locale} page={page} />
      )}
      <Standing locale={locale} page={page} />
      <Acts locale={locale} page={page} />
    </>
  );
}

async function Acts({ locale, page }: { locale: Locale; page: SubscriptionPage }) {
  const t = await getTranslations('subscription.acts');
  const { unitDecimals, currency } = page.offering;
  return (
    <Section id="acts" title={t('title')}>
      <Table
        caption={t('caption')}
        columns={[
          { key: 'what', label: t('what') },
          { key: 'at', label: t('at') },
          { key: 'units', label: t('units'), figure: true },
          { key: 'change', label: t('change'), figure: true },
        ]}
        rows={page.acts.map((act, n) => ({
          id: `act-${page.acts.length - n}`,
          cells: [
            // Wide enough for words; a phone scrolls to the figures.
            <span key="what" className="block min-w-28">
              {t(act.act, { number: String(act.number) })}
            </span>,
            <span key="at" className="block min-w-36">
              {formatInstant(locale, act.at)}
            </span>,
            formatUnits(locale, act.units, unitDecimals),
            formatSignedMoney(locale, act.deltaMinor, currency),
          ],
        }))}
      />
    </Section>
  );
}
