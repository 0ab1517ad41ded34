import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Facts } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/heading';
import { Section } from '@/components/ui/section';
import { Table } from '@/components/ui/table';
import {
  type DealingOrderDetails,
  getOwnDealingOrder,
  getOwnOrder,
  type OrderDetails,
} from '@/db/queries/investor-pages';
import { requireInvestor } from '@/lib/auth/session';
import {
  formatInstant,
  formatMoney,
  formatPrice,
  formatSignedMoney,
  formatSignedUnits,
  formatUnits,
} from '@/lib/i18n/format';
import { asLocale, type Locale, localePath } from '@/lib/i18n/locale';
import { uuidOf } from '@/lib/uuid';
import { NavOrder } from './nav-order';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata({ params }: PageProps<'/[locale]/orders/[key]'>): Promise<Metadata> {
  const { locale, key } = await params;
  const loaded = await load(key);
  if (!loaded) return missingMetadata(asLocale(locale));
  const order = loaded.order ?? loaded.atNav;
  return { title: (await getTranslations('order'))('title', { number: String(order.number) }) };
}

type Loaded = { atNav: DealingOrderDetails; order?: never } | { order: OrderDetails; atNav?: never };

/** Someone else's order and one that is not there are the same page: none. */
const load = cache(async (key: string): Promise<Loaded | null> => {
  const { investorId } = await requireInvestor();
  const uuid = uuidOf(key);
  if (!uuid) return null;
  const order = await getOwnOrder(investorId, uuid);
  if (order) return { order };
  const atNav = await getOwnDealingOrder(investorId, uuid);
  return atNav && { atNav };
});

/** An order: what was asked, what became of it, what it moved in the ledger. Right after the order it is the confirmation. */
export default async function OrderPage({ params, searchParams }: PageProps<'/[locale]/orders/[key]'>) {
  const { locale: segment, key } = await params;
  const locale = asLocale(segment);
  const loaded = await load(key);
  if (!loaded) return <Missing locale={locale} />;
  const { placed, cancelled } = await searchParams;
  if (loaded.atNav) {
    const just = cancelled !== undefined ? 'cancelled' : placed !== undefined ? 'placed' : undefined;
    return <NavOrder locale={locale} order={loaded.atNav} just={just} />;
  }
  const { order } = loaded;
  const t = await getTranslations('order');
  const { currency, unitDecimals } = order.unitClass;
  const number = String(order.number);
  const units = formatUnits(locale, order.units, unitDecimals);
  const amount = formatMoney(locale, order.amountMinor, currency);
  const justPlaced = placed !== undefined;
  return (
    <>
      <PageHeading
        kicker={<Link href={localePath(locale, '/activity')}>{t('next.activity')}</Link>}
        title={justPlaced ? t('placed-title') : t('title', { number })}
        lead={order.offering.name[locale]}
      />
      {justPlaced && (
        <Callout tone="good" title={t('placed', { number, units, amount })}>
          <p>{t('next.hold')}</p>
          <p>{t('next.confirmation')}</p>
          <div className="flex flex-wrap gap-4 pt-2">
            <LinkButton href={localePath(locale, `/holdings/${order.unitClass.code.toLowerCase()}`)}>
              {t('placed-next')}
            </LinkButton>
            <LinkButton look="secondary" href={localePath(locale, '/overview')}>
              {t('next.overview')}
            </LinkButton>
          </div>
        </Callout>
      )}
      <div className="grid gap-12">
        <OrderFacts locale={locale} order={order} />
        <Timeline locale={locale} order={order} />
        <LedgerEntry locale={locale} order={order} />
      </div>
    </>
  );
}

async function OrderFacts({ locale, order }: { locale: Locale; order: OrderDetails }) {
  const t = await getTranslations('order');
  const { currency, unitDecimals, quoteUnits, priceDecimals, name } = order.unitClass;
  const quote = formatUnits(locale, quoteUnits, unitDecimals);
  return (
    <Section id="facts" title={t('facts.title')}>
      <Facts
        items={[
          { term: t('facts.number'), value: <strong className="figures">{String(order.number)}</strong> },
          {
            term: t('facts.state'),
            value: <strong>{order.refund ? t('refunded') : t(`state.${order.state}`)}</strong>,
          },
          { term: t('facts.paid'), value: formatMoney(locale, order.amountMinor, currency) },
          { term: t('facts.got'), value: formatUnits(locale, order.units, unitDecimals) },
          {
            term: t('facts.price'),
            value: formatPrice(locale, order.price, currency, priceDecimals),
            note: t('facts.price-note', { version: order.termsVersion, quote }),
          },
          { term: t('facts.fees'), value: t('facts.fees-none') },
          { term: t('facts.kind'), value: t(`kind.${order.kind}`) },
          { term: t('facts.class'), value: name[locale] },
          {
            term: t('facts.offering'),
            value: (
              <Link href={localePath(locale, `/offerings/${order.offering.slug}`)}>{order.offering.name[locale]}</Link>
            ),
          },
        ]}
      />
    </Section>
  );
}

async function Timeline({ locale, order }: { locale: Locale; order: OrderDetails }) {
  const t = await getTranslations('order');
  const steps: [string, Date | null][] = [
    [t('timeline.placed'), order.placedAt],
    ...(order.settledAt
      ? ([
          [t('timeline.dealt'), order.placedAt],
          [t('timeline.settled'), order.settledAt],
        ] as [string, Date][])
      : [[t('timeline.waiting'), null] as [string, null]]),
    ...(order.refund
      ? [[t('timeline.refunded', { journal: String(order.refund.journalId) }), order.refund.at] as [string, Date]]
      : []),
  ];
  return (
    <Section id="timeline" title={t('timeline.title')}>
      <ol className="grid gap-0">
        {steps.map(([what, at]) => (
          <li key={what} className="border-l-4 border-accent py-2 pl-4">
            <p>{what}</p>
            {at && <p className="text-[0.875rem] text-soft">{formatInstant(locale, at)}</p>}
          </li>
        ))}
      </ol>
    </Section>
  );
}

async function LedgerEntry({ locale, order }: { locale: Locale; order: OrderDetails }) {
  const t = await getTranslations('order');
  const { currency, unitDecimals } = order.unitClass;
  const { entry } = order;
  if (!entry) {
    return (
      <Section id="ledger" title={t('ledger.title')}>
        <p className="text-soft">{t('ledger.none')}</p>
      </Section>
    );
  }
  return (
    <Section id="ledger" title={t('ledger.title')}>
      <p>{t('ledger.entry', { journal: String(entry.journalId) })}</p>
      <Table
        caption={t('ledger.caption')}
        columns={[
          { key: 'what', label: t('ledger.what') },
          { key: 'change', label: t('ledger.change'), figure: true },
          { key: 'after', label: t('ledger.after'), figure: true },
        ]}
        rows={entry.postings.map((posting) => {
          const isUnits = posting.asset.kind === 'UNIT';
          return {
            id: `${posting.account}-${posting.asset.code}`,
            cells: [
              t(`ledger.${posting.account as 'INVESTOR_UNITS'}`, { currency: t(`ledger.currency.${currency}`) }),
              isUnits
                ? formatSignedUnits(locale, posting.amount, unitDecimals)
                : formatSignedMoney(locale, posting.amount, currency),
              isUnits
                ? formatUnits(locale, posting.balanceAfter, unitDecimals)
                : formatMoney(locale, posting.balanceAfter, currency),
            ],
          };
        })}
      />
      <p className="measure text-[0.875rem] text-soft">{t('ledger.note')}</p>
    </Section>
  );
}
