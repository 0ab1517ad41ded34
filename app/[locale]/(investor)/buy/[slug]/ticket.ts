/** What the pages of a ticket show, and what a typed order comes to, from figures read now. The service decides again under its locks. */
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { getTicketPage, type TicketPage } from '@/db/queries/investor-pages';
import { requireInvestor } from '@/lib/auth/session';
import { CURRENCY_DECIMALS } from '@/lib/domain/money/currency';
import { ceilDiv, floorToStep } from '@/lib/domain/money/rounding';
import { askedOf } from '@/lib/domain/orders/asked';
import { decideOrder, type OrderTerms } from '@/lib/domain/orders/decide';
import { decideSubscription } from '@/lib/domain/subscriptions/decide';
import type { TypedOrder } from '@/lib/endpoints/typed-order';
import { decimalString } from '@/lib/i18n/format';
import { ok, type Result } from '@/lib/result';
import { uuidOf } from '@/lib/uuid';

export type Ticket = TicketPage;

/** The offering and the person's own side of it, or null; asked once a request, however many parts of the page ask. */
export const loadTicket = cache(async (slug: string, change = ''): Promise<Ticket | null> => {
  const { investorId } = await requireInvestor();
  return getTicketPage(investorId, slug, uuidOf(change));
});

/** The same for an action, which is only ever called from a page of an offering that is there. */
export const assertTicket = async (slug: string, change = ''): Promise<Ticket> =>
  (await loadTicket(slug, change)) ?? notFound();

/** Whether requests are collected in a window and allotted after its close, or units sold at once. */
export const isWindow = ({ offering }: Pick<Ticket, 'offering'>): boolean => offering.method !== 'FIRST_COME';

/** Where the words of a ticket stand in its messages: what is a purchase at once is a subscription in a window. */
export const wordsOf = (ticket: Pick<Ticket, 'offering'>) => (isWindow(ticket) ? 'window.' : '');

/**
 * What this person may still buy here, in whole lots: their limit less what they have, and no more than what is left; in a window more may be
 * asked for.
 */
export function mayBuyUnits({ offering, buyer }: Ticket): bigint {
  const own = offering.maxUnits - buyer.boughtUnits;
  if (own <= 0n) return 0n;
  const most = !isWindow({ offering }) && own > offering.remainingUnits ? offering.remainingUnits : own;
  return floorToStep(most, offering.lotUnits);
}

/** The fewest that an order can be for: the minimum, up to whole lots. */
export const leastUnits = ({ minUnits, lotUnits }: Ticket['offering']): bigint =>
  ceilDiv(minUnits, lotUnits) * lotUnits;

export type TicketQuote = OrderTerms & {
  /** What was typed, as it is read: full-width digits and leading zeros are gone. */
  normalised: TypedOrder;
};

/** What the order would be now. The document and the consent come later and are not asked for here. */
export async function quoteTicket({ offering, buyer }: Ticket, typed: TypedOrder): Promise<Result<TicketQuote>> {
  const asked = askedOf(offering, typed);
  if (!asked.ok) return asked;
  const facts = { offering, expected: offering, now: offering.readAt };
  const reader = { ...buyer, openedProspectus: true, agreed: true };
  // In a window `boughtUnits` counts what is held and subscribed, without what is replaced (getTicketPage).
  const subscriber = { ...reader, heldUnits: buyer.boughtUnits, subscribedUnits: 0n };
  const decision = isWindow({ offering })
    ? decideSubscription({ ...facts, buyer: subscriber, insteadOf: null }, asked.value)
    : decideOrder({ ...facts, buyer: reader }, asked.value);
  const field = typed.kind === 'BUY_AMOUNT' ? 'amount' : 'units';
  if (!decision.ok) {
    const { error } = decision;
    return { ok: false, error: error.field === 'asked' ? { ...error, field } : error };
  }
  const normalised: TypedOrder =
    asked.value.kind === 'BUY_AMOUNT'
      ? { ...typed, amount: decimalString(asked.value.amountMinor, CURRENCY_DECIMALS[offering.currency]), units: '' }
      : { ...typed, units: decimalString(asked.value.units, offering.unitDecimals), amount: '' };
  return ok({ ...decision.value, normalised });
}
