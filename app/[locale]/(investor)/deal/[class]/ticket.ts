/** What the pages of a ticket at NAV show, from figures read now. The service decides again under its locks. */
import { notFound } from 'next/navigation';
import { cache } from 'react';
import {
  type DealingOrderDetails,
  type DealingTicket,
  getDealingTicketPage,
  getOwnDealingOrder,
} from '@/db/queries/investor-pages';
import { requireInvestor } from '@/lib/auth/session';
import { type DealingTimes, dealingTimes } from '@/lib/domain/calendar/dealing-times';
import { calendarOf } from '@/lib/domain/calendar/holidays';
import { dealingAskedOf, type TicketKind } from '@/lib/domain/dealing/asked';
import {
  type DealingFacts,
  type DealingRefusal,
  type DealingRequest,
  decideDealing,
} from '@/lib/domain/dealing/decide';
import { type DealingEstimate, estimateDealing } from '@/lib/domain/dealing/estimate';
import { CURRENCY_DECIMALS } from '@/lib/domain/money/currency';
import { decimalString } from '@/lib/i18n/format';
import { ok, type Refusal, type Result } from '@/lib/result';
import { dealingRefusal } from '@/lib/services/dealing-refusal';
import { isCancellable } from '../../orders/[key]/at-nav';
import { sideOf, type TypedDealing } from './typed';

/** `change` is the order whose place another would take, if it can still be amended: what it has set aside is free for that one. */
export type Ticket = DealingTicket & { change: DealingOrderDetails | null };

/** The class and the person's own side of it, or null; asked once a request, however many parts of the page ask. */
export const loadDealing = cache(async (name: string, changeKey = ''): Promise<Ticket | null> => {
  const { investorId } = await requireInvestor();
  if (!/^[a-z]{2,8}$/.test(name)) return null;
  const [ticket, order] = await Promise.all([
    getDealingTicketPage(investorId, name.toUpperCase()),
    changeKey ? getOwnDealingOrder(investorId, changeKey) : null,
  ]);
  if (!ticket) return null;
  const change = order && order.unitClass.id === ticket.unitClass.id && isCancellable(order) ? order : null;
  const { availableMinor, freeUnits } = ticket.reader;
  const reader = {
    ...ticket.reader,
    availableMinor: availableMinor + (change?.reservedMinor ?? 0n),
    freeUnits: freeUnits + (change?.reservedUnits ?? 0n),
  };
  return { ...ticket, reader, change };
});

/** The same for an action, which is only ever called from a page of a class that is there. */
export const assertDealing = async (name: string, changeKey = ''): Promise<Ticket> =>
  (await loadDealing(name, changeKey)) ?? notFound();

/** The address's name of a class. */
export const nameOf = ({ unitClass }: DealingTicket): string => unitClass.code.toLowerCase();

/** What an order that is placed now would meet. */
export const timesNow = ({ unitClass, holidays, readAt }: DealingTicket): DealingTimes =>
  dealingTimes(readAt, unitClass, calendarOf(holidays));

/** Whether the class deals on the day that an order would have now. */
export const isDealing = (ticket: DealingTicket): boolean => {
  const { dealingFrom } = ticket.unitClass;
  return dealingFrom !== null && timesNow(ticket).dealingDate >= dealingFrom;
};

/** The document and the consent come later in a ticket and are not asked for here. */
function factsOf(ticket: DealingTicket): DealingFacts {
  const { unitClass, nav, reader, readAt } = ticket;
  const { dealingDate } = timesNow(ticket);
  return {
    person: { ...reader, openedProspectus: true, agreed: true },
    unitClass: { ...unitClass, classId: unitClass.id, dealing: isDealing(ticket), lastPrice: nav?.price ?? null },
    ...{ expectedDate: dealingDate, dealingDate, now: readAt },
  };
}

/** What stands against any order of this person on this side, before figures are known. */
export function refusalOfAll(ticket: DealingTicket, kind: TicketKind): DealingRefusal | null {
  const units = ticket.reader.freeUnits;
  // The least that there is to ask for; whether it can be paid for is said with the figures.
  const request: DealingRequest =
    sideOf(kind) === 'BUY'
      ? { kind: 'BUY_AMOUNT', amountMinor: 1n }
      : { kind: 'SELL_UNITS', units: units > 0n ? 1n : 0n };
  const decision = decideDealing(factsOf(ticket), request);
  if (decision.ok) return null;
  return decision.code === 'amount.zero' ? 'order.insufficient-units' : decision.code;
}

export type DealingQuote = {
  /** What the estimate is made with; null where no price has been published yet. */
  estimate: DealingEstimate | null;
  /** What was typed, as it is read: full-width digits and leading zeros are gone. */
  normalised: TypedDealing;
};

/** What the order would set aside now, and come to at the last published price. */
export function quoteDealing(ticket: DealingTicket, typed: TypedDealing): Result<DealingQuote> {
  const { unitClass, nav, reader } = ticket;
  const asked = dealingAskedOf(unitClass, typed);
  if (!asked.ok) return asked;
  const { kind } = typed;
  const decision = decideDealing(factsOf(ticket), requestOf(kind, asked.value));
  if (!decision.ok) {
    const figure = decision.code === 'order.insufficient-cash' ? reader.availableMinor : reader.freeUnits;
    const facts = { ...unitClass, lastPrice: nav?.price ?? null };
    const error: Refusal = dealingRefusal({ code: decision.code, figure }, { kind, asked: asked.value }, facts);
    return { ok: false, error };
  }
  const value = kind === 'SELL_ALL' ? decision.value.reservedUnits : asked.value;
  const terms = { ...unitClass, levyE4: BigInt(unitClass.levyE4) };
  return ok({
    estimate: nav && estimateDealing(kind, value, nav.price, terms),
    normalised: normalise(ticket, typed, value),
  });
}

function requestOf(kind: TicketKind, asked: bigint): DealingRequest {
  if (kind === 'SELL_ALL') return { kind };
  return kind === 'BUY_AMOUNT' ? { kind, amountMinor: asked } : { kind, units: asked };
}

function normalise({ unitClass }: DealingTicket, { kind, change }: TypedDealing, asked: bigint): TypedDealing {
  if (kind === 'SELL_ALL') return { kind, amount: '', units: '', change };
  return kind === 'BUY_AMOUNT'
    ? { kind, amount: decimalString(asked, CURRENCY_DECIMALS[unitClass.currency]), units: '', change }
    : { kind, amount: '', units: decimalString(asked, unitClass.unitDecimals), change };
}
