import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Deadline } from '@/components/finance/deadline';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Facts } from '@/components/ui/facts';
import { Field, RadioField } from '@/components/ui/field';
import { PageHeading, SectionHeading } from '@/components/ui/heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { requireInvestor } from '@/lib/auth/session';
import { CURRENCY_DECIMALS } from '@/lib/domain/money/currency';
import { amountForUnits } from '@/lib/domain/orders/pricing';
import { ORDER_KINDS } from '@/lib/domain/states';
import { ticketPath, typedOrder } from '@/lib/endpoints/typed-order';
import { formatMoney, formatPrice, formatUnits } from '@/lib/i18n/format';
import { asLocale, type Locale, localePath } from '@/lib/i18n/locale';
import { addCashPath } from '../../against';
import { reviewOrder } from './actions';
import { Estimate, type EstimateLabels } from './estimate';
import { Stop, whyNot } from './stop';
import { isWindow, leastUnits, loadTicket, mayBuyUnits, type Ticket, wordsOf } from './ticket';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata({ params }: PageProps<'/[locale]/buy/[slug]'>): Promise<Metadata> {
  const { locale: segment, slug } = await params;
  const locale = asLocale(segment);
  const ticket = await loadTicket(slug);
  if (!ticket) return missingMetadata(locale);
  const { offering } = ticket;
  const t = await getTranslations('buy');
  return { title: t(`${wordsOf(ticket)}title`, { offering: offering.name[locale] }) };
}

/** Step 1 of an order: how much. It changes nothing; what was typed travels to the review in the address. */
export default async function TicketPage({ params, searchParams }: PageProps<'/[locale]/buy/[slug]'>) {
  await requireInvestor();
  const { locale: segment, slug } = await params;
  const locale = asLocale(segment);
  const t = await getTranslations('buy');
  const typed = typedOrder(await searchParams);
  const ticket = await loadTicket(slug, typed.change);
  if (!ticket) return <Missing locale={locale} />;
  const { offering } = ticket;
  const trouble = whyNot(ticket);
  const back = ticketPath(locale, slug, '', typed);
  return (
    <>
      <PageHeading
        kicker={<Link href={localePath(locale, `/offerings/${offering.slug}`)}>{t('back-to-offering')}</Link>}
        title={t(isWindow(ticket) ? (typed.change ? 'window.change-title' : 'window.title') : 'title', {
          offering: offering.name[locale],
        })}
        {...(!trouble && { lead: t(isWindow(ticket) ? 'window.lead' : 'ticket.lead') })}
      />
      {!ticket.change && <StandingHere locale={locale} ticket={ticket} />}
      {trouble && <Stop {...{ locale, ticket, trouble, back }} />}
      {trouble?.final !== true && (
        <div className="grid items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,35rem)_minmax(0,1fr)]">
          {/* A form of its own for each subscription that is changed: the browser keeps what was typed into the last one. */}
          <TicketForm key={typed.change} locale={locale} ticket={ticket} typed={typed} />
          <TicketFacts {...{ locale, ticket, back }} />
        </div>
      )}
    </>
  );
}

async function TicketForm({
  locale,
  ticket,
  typed,
}: {
  locale: Locale;
  ticket: Ticket;
  typed: ReturnType<typeof typedOrder>;
}) {
  const t = await getTranslations('buy');
  const common = await getTranslations('common');
  const { offering } = ticket;
  const { currency, unitDecimals } = offering;
  const [least, most] = [leastUnits(offering), mayBuyUnits(ticket)];
  const money = (units: bigint) => formatMoney(locale, amountForUnits(units, offering.price, offering), currency);
  const units = (value: bigint) => formatUnits(locale, value, unitDecimals);
  const w = wordsOf(ticket);
  const labels: EstimateLabels = {
    title: t(`${w}ticket.estimate`),
    waiting: t(`${w}ticket.estimate-waiting`),
    pay: t(`${w}ticket.estimate-pay`),
    get: t(`${w}ticket.estimate-get`),
    keep: t(`${w}ticket.estimate-keep`),
    short: t('ticket.estimate-short'),
    few: t(`${w}ticket.estimate-few`),
    many: t(`${w}ticket.estimate-many`),
    lots: t('ticket.estimate-lots', { lot: units(offering.lotUnits) }),
  };
  return (
    <section className="grid gap-6">
      <SectionHeading>
        <span className="block text-[1rem] font-400 text-soft">{t('step', { step: 1 })}</span>
        {t(`${w}ticket.title`)}
      </SectionHeading>
      <ActionForm action={reviewOrder} locale={locale} summaryTitle={common('form.summary')}>
        <HiddenFields values={{ slug: offering.slug, change: typed.change }} />
        <RadioField
          name="kind"
          label={t(`${w}ticket.kind`)}
          need={common('form.required')}
          defaultValue={typed.kind}
          options={ORDER_KINDS.map((kind) => ({
            value: kind,
            label: t(`ticket.${kind}`),
            hint: t(`${w}ticket.${kind}-hint`),
          }))}
        />
        {/* One of the two boxes shows, by the choice above and without a script; a browser that cannot do that shows both. */}
        <div className="in-[form:has([value$=UNITS]:checked)]:hidden">
          <Field
            name="amount"
            label={t(`${w}ticket.amount`)}
            hint={t('ticket.amount-hint', {
              currency: t(`ticket.${currency}`),
              min: money(least),
              max: money(most),
            })}
            need={common('form.required')}
            unit={t(`ticket.${currency}`)}
            inputMode={CURRENCY_DECIMALS[currency] > 0 ? 'decimal' : 'numeric'}
            autoComplete="off"
            defaultValue={typed.amount}
            className="max-w-60 text-right tabular-nums"
          />
        </div>
        <div className="in-[form:has([value$=AMOUNT]:checked)]:hidden">
          <Field
            name="units"
            label={t(`${w}ticket.units`)}
            hint={t('ticket.units-hint', {
              min: units(least),
              max: units(most),
              lot: units(offering.lotUnits),
            })}
            need={common('form.required')}
            unit={unitDecimals > 0 ? t('ticket.share') : t('ticket.unit')}
            inputMode={unitDecimals > 0 ? 'decimal' : 'numeric'}
            autoComplete="off"
            defaultValue={typed.units}
            className="max-w-60 text-right tabular-nums"
          />
        </div>
        <Estimate
          locale={locale}
          terms={{
            currency,
            unitDecimals,
            quoteUnits: offering.quoteUnits,
            priceDecimals: offering.priceDecimals,
            price: offering.price,
            lotUnits: offering.lotUnits,
            minUnits: least,
            mayBuyUnits: most,
            availableMinor: ticket.buyer.availableMinor,
          }}
          labels={labels}
          noscript={t(`${w}ticket.estimate-noscript`)}
        />
        <div>
          <Button>{t(`${w}ticket.submit`)}</Button>
        </div>
      </ActionForm>
    </section>
  );
}

/** For whoever has asked for something here already: a second subscription is seldom what they mean. */
async function StandingHere({ locale, ticket: { offering, standing } }: { locale: Locale; ticket: Ticket }) {
  if (standing.length === 0) return null;
  const t = await getTranslations('buy.window.standing');
  return (
    <Callout title={t('title')}>
      {standing.map(({ key, number, units, reservedMinor }) => (
        <p key={key}>
          {t('line', {
            number: String(number),
            units: formatUnits(locale, units, offering.unitDecimals),
            amount: formatMoney(locale, reservedMinor, offering.currency),
          })}
        </p>
      ))}
      <p>{t('note')}</p>
      <p>
        <Link href={localePath(locale, `/subscriptions/${offering.slug}`)}>{t('go')}</Link>
      </p>
    </Callout>
  );
}

async function TicketFacts({ locale, ticket, back }: { locale: Locale; ticket: Ticket; back: string }) {
  const t = await getTranslations('buy');
  const w = wordsOf(ticket);
  const { offering, buyer, change } = ticket;
  const { currency, unitDecimals, quoteUnits, priceDecimals } = offering;
  const units = (value: bigint) => formatUnits(locale, value, unitDecimals);
  return (
    <section className="grid gap-4">
      <SectionHeading>{t(`${w}facts.title`)}</SectionHeading>
      <Facts
        items={[
          {
            term: t('facts.available'),
            value: formatMoney(locale, buyer.availableMinor, currency),
            note: (
              <>
                {change && (
                  <p>{t('window.change.available', { held: formatMoney(locale, change.reservedMinor, currency) })}</p>
                )}
                <Link href={localePath(locale, addCashPath(currency, back))}>{t('facts.available-none')}</Link>
              </>
            ),
            figure: true,
          },
          {
            term: t('facts.price'),
            value: `${formatPrice(locale, offering.price, currency, priceDecimals)} / ${units(quoteUnits)}`,
            note: t('facts.price-note'),
            figure: true,
          },
          isWindow(ticket)
            ? {
                term: t('window.on-offer'),
                value: units(offering.sizeUnits),
                note: t('window.on-offer-note'),
                figure: true,
              }
            : { term: t('facts.left'), value: units(offering.remainingUnits), figure: true },
          { term: t(isWindow(ticket) ? 'window.held' : 'facts.held'), value: units(buyer.boughtUnits), figure: true },
          { term: t(`${w}facts.may-buy`), value: units(mayBuyUnits(ticket)), figure: true },
          { term: t('facts.closes'), value: <Deadline locale={locale} at={offering.closesAt} /> },
        ]}
      />
    </section>
  );
}
