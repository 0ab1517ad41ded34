import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { MovementList } from '@/components/finance/movement-list';
import { NavChart } from '@/components/finance/nav-chart';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { PageHeading } from '@/components/ui/heading';
import { Section } from '@/components/ui/section';
import { getHoldingPage } from '@/db/queries/investor-pages';
import { requireInvestor } from '@/lib/auth/session';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { listClassNavs } from '@/lib/public-data/fund';
import { movementItems } from '../../movement-items';
import { HoldingFigures } from './figures';

const MOVEMENTS = 10;

const load = cache(async (name: string) => {
  const { investorId } = await requireInvestor();
  return /^[a-z]{2,8}$/.test(name) ? getHoldingPage(investorId, name.toUpperCase(), MOVEMENTS) : null;
});

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata({ params }: PageProps<'/[locale]/holdings/[class]'>): Promise<Metadata> {
  const { locale: segment, class: name } = await params;
  const locale = asLocale(segment);
  const holding = await load(name);
  return holding ? { title: holding.position.unitClass.name[locale] } : missingMetadata(locale);
}

/** One class of what I hold, and where each of its numbers comes from. */
export default async function HoldingPage({ params }: PageProps<'/[locale]/holdings/[class]'>) {
  const { locale: segment, class: name } = await params;
  const locale = asLocale(segment);
  const holding = await load(name);
  if (!holding) return <Missing locale={locale} />;
  const { position, midRate, movements, switchable } = holding;
  const { code } = position.unitClass;
  const prices = (await listClassNavs()).find((unit) => unit.code === code)?.prices;
  const t = await getTranslations('holdings');
  const overview = await getTranslations('overview');
  return (
    <>
      <PageHeading
        kicker={<Link href={localePath(locale, '/overview')}>{overview('title')}</Link>}
        title={position.unitClass.name[locale]}
        lead={t('lead')}
      />
      {position.units === 0n ? (
        <Callout title={t('none')}>
          <p>{t('none-note')}</p>
          <div>
            <LinkButton href={localePath(locale, '/offerings')}>{t('none-go')}</LinkButton>
          </div>
        </Callout>
      ) : (
        <>
          <HoldingFigures locale={locale} position={position} midRate={midRate} />
          <div className="flex flex-wrap gap-4">
            <LinkButton look="secondary" href={localePath(locale, `/deal/${name}`)}>
              {t('deal-buy')}
            </LinkButton>
            <LinkButton look="secondary" href={localePath(locale, `/deal/${name}?kind=SELL_UNITS`)}>
              {t('deal-sell')}
            </LinkButton>
            {switchable && (
              <LinkButton look="secondary" href={localePath(locale, `/switch/${name}`)}>
                {t('deal-switch')}
              </LinkButton>
            )}
          </div>
        </>
      )}
      {prices && prices.length > 1 && (
        <Section id="chart" title={t('chart')}>
          <NavChart
            locale={locale}
            id={`nav-${code.toLowerCase()}`}
            name={position.unitClass.name[locale]}
            points={prices}
            currency={position.unitClass.currency}
            priceDecimals={position.unitClass.priceDecimals}
          />
        </Section>
      )}
      {movements.length > 0 && (
        <Section id="orders" title={t('orders')}>
          <MovementList label={t('orders')} items={await movementItems(locale, movements)} />
          <p>
            <Link href={localePath(locale, '/activity')}>{t('orders-all')}</Link>
          </p>
        </Section>
      )}
    </>
  );
}
