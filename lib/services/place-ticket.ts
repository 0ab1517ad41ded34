import { askedOf } from '@/lib/domain/orders/asked';
import type { OrderKind } from '@/lib/domain/states';
import { ok, type Result, refuse } from '@/lib/result';
import type { Actor } from './actor';
import { changeSubscription } from './change-subscription';
import { offeringFactsOf, placeOrder } from './place-order';
import { placeSubscription } from './place-subscription';
import { refuseWhenAway } from './refusals';

/** What a review page showed and its reader sends: the figures as they were typed, and the terms beside them. */
export type PlaceTicketInput = {
  offeringSlug: string;
  key: string;
  kind: OrderKind;
  amount: string;
  units: string;
  /** The key of the subscription that this one replaces; empty for a new one. */
  change: string;
  price: bigint;
  termsVersion: number;
  consent: boolean;
};

export type PlacedTicket = 'ORDER' | 'SUBSCRIPTION' | 'CHANGE';

/** Whatever a ticket can become: an order where units are sold at once, a subscription in a window, or a change of one. */
export async function placeTicket(actor: Actor, input: PlaceTicketInput): Promise<Result<PlacedTicket>> {
  const { amount, units, kind, change, ...terms } = input;
  try {
    const offering = await offeringFactsOf(input.offeringSlug);
    if (!offering) return refuse('order.not-found');
    const asked = askedOf(offering, { kind, amount, units });
    if (!asked.ok) return asked;
    const request = { ...asked.value, ...terms };
    if (offering.method === 'FIRST_COME') return as('ORDER', await placeOrder(actor, request));
    if (!change) return as('SUBSCRIPTION', await placeSubscription(actor, request));
    return as('CHANGE', await changeSubscription(actor, { ...request, subscription: change }));
  } catch (error) {
    return refuseWhenAway(error);
  }
}

const as = (placed: PlacedTicket, result: Result<unknown>): Result<PlacedTicket> => (result.ok ? ok(placed) : result);
