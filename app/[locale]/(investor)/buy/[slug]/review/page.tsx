import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { Disclosure } from '@/components/ui/disclosure';
import { Facts } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/heading';
import { AgainstIt } from '@/components/ui/post-form';
import { getOwnOrder, getOwnSubscriptionAct } from '@/db/queries/investor-pages';
import { requireInvestor } from '@/lib/auth/session';
import type { OrderTerms } from '@/lib/domain/orders/decide';
import { fieldOf, refusalToTell } from '@/lib/endpoints/ticket-refusals';
import { ticketPath, typedKey, typedOrder } from '@/lib/endpoints/typed-order';
import {
  between,
  formatDate,
  formatDeadline,
  formatInstant,
  formatInstantDate,
  formatMoney,
  formatPrice,
  formatUnits,
} from '@/lib/i18n/format';
import { asLocale, type Locale, localePath } from '@/lib/i18n/locale';
import { refusalText } from '@/lib/i18n/refusal';
import { Against } from '../../../against';
import { Instead } from '../../../instead';
import { Stop, whyNot } from '../stop';
import { isWindow, loadTicket, quoteTicket, wordsOf } from '../ticket';
import { Confirm, type NextStep, OpenFirst } from './next-step';
import { WhatChanges } from './what-changes';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata({ params }: PageProps<'/[locale]/buy/[slug]/review'>): Promise<Metadata> {
  const { locale, slug } = await params;
  const ticket = await loadTicket(slug);
  if (!ticket) return missingMetadata(asLocale(locale));
  return { title: (await getTranslations('buy'))(isWindow(ticket) ? 'window.review-title' : 'review.title') };
}

/** Step 2 of an order: every figure as the server works it out now, the document, and the one button that places it. */
export default async function ReviewPage({ params, searchParams }: PageProps<'/[locale]/buy/[slug]/review'>) {
  const session = await requireInvestor();
  const { locale: segment, slug } = await params;
  const locale = asLocale(segment);
  const search = await searchParams;
  const typed = typedOrder(search);
  const key = typedKey(search);
  const t = await getTranslations('buy');
  if (!key) {
    return (
      <Instead
        title={t('review.lost')}
        note={t('review.lost-note')}
        go={t('review.lost-go')}
        href={ticketPath(locale, slug, '', typed)}
      />
    );
  }
  // Back, or once more: what this page has already become.
  const done = await getOwnOrder(session.investorId, key);
  if (done) {
    return (
      <Instead
        title={t('review.done')}
        note={t('review.done-note', {
          number: String(done.number),
          units: formatUnits(locale, done.units, done.unitClass.unitDecimals),
          amount: formatMoney(locale, done.amountMinor, done.unitClass.currency),
        })}
        go={t('review.done-go')}
        href={localePath(locale, `/orders/${key}`)}
      />
    );
  }
  const subscribed = await getOwnSubscriptionAct(session.investorId, key);
  if (subscribed) {
    return (
      <Instead
        title={t('window.done')}
        note={t('window.done-note', { number: String(subscribed.number) })}
        go={t('window.done-go')}
        href={localePath(locale, `/subscriptions/${subscribed.offeringSlug}`)}
      />
    );
  }
  const ticket = await loadTicket(slug, typed.change);
  if (!ticket) return <Missing locale={locale} />;
  const trouble = whyNot(ticket);
  const quote = trouble ? undefined : await quoteTicket(ticket, typed);
  const refused = await refusedFor(locale, search.refused);
  const back = ticketPath(locale, slug, '/review', typed, key);
  return (
    <>
      <PageHeading
        kicker={`${ticket.offering.name[locale]}${between(locale)}${t('step', { step: 2 })}`}
        title={t(
          ticket.change ? 'window.change.review-title' : isWindow(ticket) ? 'window.review-title' : 'review.title',
        )}
        lead={t(ticket.change ? 'window.change.review-lead' : isWindow(ticket) ? 'window.review-lead' : 'review.lead')}
      />
      {(trouble || quote?.ok === false) && (
        // One box says what stands against it now; who comes from the button is told there that nothing was placed.
        <AgainstIt refused={refused.length > 0}>
          {trouble && <Stop {...{ locale, ticket, trouble, back }} refused={refused.length > 0} />}
          {quote?.ok === false && (
            <Against
              {...{ locale, back, error: quote.error }}
              currency={ticket.offering.currency}
              refused={refused.length > 0 && t('review.refused')}
              change={{ href: ticketPath(locale, slug, '', typed), label: t(`${wordsOf(ticket)}review.change`) }}
            />
          )}
        </AgainstIt>
      )}
      {quote?.ok && <Review {...{ locale, ticket, typed, refused, terms: quote.value, orderKey: key }} />}
    </>
  );
}

type Shown = NextStep & { terms: OrderTerms };

/** What the order that was just sent was refused for (lib/endpoints/send-order.ts), in words. */
async function refusedFor(locale: Locale, code: unknown): Promise<NextStep['refused']> {
  const told = refusalToTell(code);
  return told ? [{ field: fieldOf(told), text: await refusalText(locale, { code: told }) }] : [];
}

/** In the order in which a buyer asks: what I pay, what I get, at which price, … Long because it is that one list, a row after the other. */
async function Review({ locale, ticket, typed, terms, orderKey, refused }: Shown) {
  const t = await getTranslations('buy');
  const { offering, buyer, change } = ticket;
  const { currency, unitDecimals, quoteUnits, prospectus } = offering;
  const w = wordsOf(ticket);
  const money = (minor: bigint) => formatMoney(locale, minor, currency);
  const units = (value: bigint) => formatUnits(locale, value, unitDecimals);
  const price = formatPrice(locale, offering.price, currency, offering.priceDecimals);
  const pay = money(terms.amountMinor);
  const quote = units(quoteUnits);
  const held = change?.reservedMinor ?? 0n;
  const wallet = {
    wallet: t(`review.wallet.${currency}`),
    before: money(buyer.availableMinor - held),
    after: money(buyer.availableMinor - terms.amountMinor),
  };
  const words = isWindow(ticket)
    ? {
        pay: t('window.pay'),
        payNote: change ? t('window.change.pay-note', { ...wallet, held: money(held) }) : t('window.pay-note', wallet),
        get: t('window.get'),
        getNote: t('window.get-note', { class: offering.className[locale] }),
        deals: t('window.deals-value'),
        dealsNote: t(`window.deals.${offering.method as 'BALLOT'}`),
        cancel: t('window.cancel-value', { closes: formatDeadline(locale, offering.closesAt) }),
        cancelNote: t('window.cancel-note'),
      }
    : {
        pay: t('review.pay'),
        payNote: t('review.pay-note', wallet),
        get: t('review.get'),
        getNote: t('review.get-note', { class: offering.className[locale] }),
        deals: t('review.deals-value'),
        dealsNote: t('review.deals-note', { date: formatInstantDate(locale, offering.readAt) }),
        cancel: t('review.cancel-value'),
        cancelNote: t('review.cancel-note'),
      };
  // What can be agreed to is the text that was opened, in whichever language.
  const read = buyer.openedIn.includes(locale) ? locale : (buyer.openedIn[0] ?? locale);
  const worked =
    typed.kind === 'BUY_AMOUNT'
      ? t(`${w}review.why-amount`, {
          amount: money(terms.amountMinor + terms.leftoverMinor),
          price,
          quote,
          units: units(terms.units),
          lot: units(offering.lotUnits),
          pay,
        })
      : t(`${w}review.why-units`, { units: units(terms.units), price, quote, pay });
  return (
    <div className="grid max-w-180 gap-8">
      {change && <WhatChanges {...{ locale, offering, change, terms }} />}
      <div className="grid gap-4">
        <Facts
          items={[
            {
              term: words.pay,
              value: <strong className="text-[1.5rem]">{pay}</strong>,
              note: (
                <>
                  <p>{words.payNote}</p>
                  {terms.leftoverMinor > 0n && (
                    <p>
                      {t('review.pay-keep', {
                        typed: money(terms.amountMinor + terms.leftoverMinor),
                        rest: money(terms.leftoverMinor),
                      })}
                    </p>
                  )}
                </>
              ),
            },
            {
              term: words.get,
              value: <strong className="text-[1.5rem]">{units(terms.units)}</strong>,
              note: words.getNote,
            },
            {
              term: t('review.price'),
              value: `${price} / ${quote}`,
              note: t('review.price-note', {
                quote,
                version: offering.termsVersion,
                at: formatInstant(locale, offering.readAt),
              }),
            },
            { term: t('review.fees'), value: t('review.fees-none') },
            {
              term: t('review.deals'),
              value: words.deals,
              note: words.dealsNote,
            },
            {
              term: t(isWindow(ticket) ? 'window.cancel' : 'review.cancel'),
              value: words.cancel,
              note: words.cancelNote,
            },
            {
              term: t('review.risks'),
              value: (
                <ul className="list-disc pl-6">
                  {(['risk-price', 'risk-fx', 'risk-leverage'] as const).map((risk) => (
                    <li key={risk}>{t(`review.${risk}`)}</li>
                  ))}
                  <li>
                    {offering.dealingFrom
                      ? t('review.risk-exit-from', { day: formatDate(locale, offering.dealingFrom) })
                      : t('review.risk-exit')}
                  </li>
                </ul>
              ),
            },
            {
              term: t('review.document'),
              value: (
                <span lang={read}>
                  {t('review.document-version', { title: prospectus.title[read], version: prospectus.version })}
                </span>
              ),
              note: (
                <>
                  <p>{t('review.document-published', { at: formatInstant(locale, prospectus.publishedAt) })}</p>
                  <p className="break-all font-mono">
                    {t('review.document-hash')} {prospectus.sha256[read]}
                  </p>
                  {buyer.openedAt && (
                    <p>{t('review.document-opened', { at: formatInstant(locale, buyer.openedAt) })}</p>
                  )}
                </>
              ),
            },
          ]}
        />
        <Disclosure summary={t('review.why')}>
          <p>{worked}</p>
          <p>{t(`${w}review.why-rule`, { quote })}</p>
        </Disclosure>
      </div>
      {buyer.openedAt ? (
        <Confirm {...{ locale, ticket, typed, orderKey, refused }} />
      ) : (
        <OpenFirst {...{ locale, ticket, typed, orderKey, refused }} />
      )}
    </div>
  );
}
