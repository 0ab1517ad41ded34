import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { Facts } from '@/components/ui/facts';
import { PageHeading, SectionHeading } from '@/components/ui/heading';
import { requireInvestor } from '@/lib/auth/session';
import { formatDate, formatMoney, formatPrice, formatUnits } from '@/lib/i18n/format';
import { asLocale, type Locale, localePath } from '@/lib/i18n/locale';
import { dateItems } from './dates';
import { ForwardPricing } from './forward-pricing';
import { Stop } from './stop';
import { loadDealing, nameOf, refusalOfAll, type Ticket } from './ticket';
import { TicketForm } from './ticket-form';
import { TooLate } from './too-late';
import { dealPath, sideOf, typedDealing } from './typed';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/deal/[class]'>;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale: segment, class: name } = await params;
  const locale = asLocale(segment);
  const ticket = await loadDealing(name);
  if (!ticket) return missingMetadata(locale);
  const side = sideOf(typedDealing(await searchParams).kind);
  return { title: (await getTranslations('deal'))(`title.${side}`, { class: ticket.unitClass.name[locale] }) };
}

/** Step 1 of an order at NAV: how much. It changes nothing; what was typed travels to the review in the address. */
export default async function DealPage({ params, searchParams }: Props) {
  await requireInvestor();
  const { locale: segment, class: name } = await params;
  const locale = asLocale(segment);
  const typed = typedDealing(await searchParams);
  const ticket = await loadDealing(name, typed.change);
  if (!ticket) return <Missing locale={locale} />;
  if (typed.change && !ticket.change) return <TooLate locale={locale} order={typed.change} />;
  const t = await getTranslations('deal');
  const side = sideOf(typed.kind);
  const code = refusalOfAll(ticket, typed.kind);
  const mendable = code === null || code === 'order.insufficient-cash';
  return (
    <>
      <PageHeading
        kicker={<Link href={localePath(locale, `/holdings/${nameOf(ticket)}`)}>{ticket.unitClass.name[locale]}</Link>}
        title={t(ticket.change ? 'change.title' : `title.${side}`, { class: ticket.unitClass.name[locale] })}
        {...(mendable && { lead: t(ticket.change ? 'change.lead' : 'lead') })}
      />
      {code && <Stop {...{ locale, ticket, typed, code }} back={dealPath(locale, name, '', typed)} />}
      {mendable ? (
        <div className="grid items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,31rem)_minmax(0,1fr)]">
          {/* A form of its own for each side: the browser keeps what was typed into the last one. */}
          <TicketForm key={`${side}${typed.change}`} {...{ locale, ticket, typed }} />
          <div className="grid gap-8">
            <ForwardPricing />
            <TicketFacts {...{ locale, ticket, side }} />
          </div>
        </div>
      ) : (
        <ForwardPricing />
      )}
      {!ticket.change && (
        <p>
          <Link
            href={dealPath(locale, name, '', {
              kind: side === 'BUY' ? 'SELL_UNITS' : 'BUY_AMOUNT',
              amount: '',
              units: '',
              change: '',
            })}
          >
            {t(side === 'BUY' ? 'instead.SELL' : 'instead.BUY')}
          </Link>
        </p>
      )}
    </>
  );
}

async function TicketFacts({ locale, ticket, side }: { locale: Locale; ticket: Ticket; side: 'BUY' | 'SELL' }) {
  const t = await getTranslations('deal.facts');
  const { unitClass, nav, reader } = ticket;
  const { currency, unitDecimals, quoteUnits, priceDecimals } = unitClass;
  const units = (value: bigint) => formatUnits(locale, value, unitDecimals);
  return (
    <section className="grid gap-4">
      <SectionHeading>{t('title')}</SectionHeading>
      <Facts
        items={[
          side === 'BUY'
            ? { term: t('available'), value: formatMoney(locale, reader.availableMinor, currency) }
            : {
                term: t('free'),
                value: units(reader.freeUnits),
                ...(reader.freeUnits < reader.heldUnits && { note: t('free-note', { held: units(reader.heldUnits) }) }),
              },
          {
            term: t('price'),
            value: nav
              ? `${formatPrice(locale, nav.price, currency, priceDecimals)} / ${units(quoteUnits)}`
              : t('price-none'),
            ...(nav && { note: t('price-note', { date: formatDate(locale, nav.date) }) }),
          },
          ...(await dateItems(locale, ticket, side)),
        ]}
      />
    </section>
  );
}
