/** What was typed into a ticket, as it travels in the address from page to page: it is read anew by each and trusted by none. */
import { ORDER_KINDS, type OrderKind } from '@/lib/domain/states';
import { type Locale, localePath } from '@/lib/i18n/locale';
import { uuidOf } from '@/lib/uuid';

/** `change` is the key of the subscription that the request would replace; empty for a new one, and in an offering by first come. */
export type TypedOrder = { kind: OrderKind; amount: string; units: string; change: string };

type Search = Record<string, string | string[] | undefined>;

/** Longer than any number that could pass. */
const MAX_LENGTH = 40;

export function typedOrder(search: Search): TypedOrder {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === 'string' ? value.slice(0, MAX_LENGTH) : '';
  };
  return {
    kind: ORDER_KINDS.find((kind) => kind === search.kind) ?? 'BUY_AMOUNT',
    amount: text('amount'),
    units: text('units'),
    change: uuidOf(search.change) ?? '',
  };
}

/** The key that the review page was opened under, if it is one. */
export const typedKey = (search: Search): string | undefined => uuidOf(search.key);

/** The address of a page of the ticket with what was typed; `key` names the order that a review may become. */
export function ticketPath(
  locale: Locale,
  slug: string,
  page: '' | '/review' | '/prospectus' | '/order',
  order: TypedOrder,
  key?: string,
) {
  const query = new URLSearchParams({ kind: order.kind });
  // Only what belongs to the kind travels, so that a figure left in the other box cannot come back as the order's.
  if (order.kind === 'BUY_AMOUNT' && order.amount) query.set('amount', order.amount);
  if (order.kind === 'BUY_UNITS' && order.units) query.set('units', order.units);
  if (order.change) query.set('change', order.change);
  if (key) query.set('key', key);
  return localePath(locale, `/buy/${encodeURIComponent(slug)}${page}?${query}`);
}
