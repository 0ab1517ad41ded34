/** What was typed into a ticket at NAV, as it travels in the address from page to page: it is read anew by each and trusted by none. */
import type { TicketKind } from '@/lib/domain/dealing/asked';
import { DEALING_REFUSALS } from '@/lib/domain/dealing/decide';
import { type Locale, localePath } from '@/lib/i18n/locale';
import type { ErrorCode } from '@/lib/i18n/types';
import { uuidOf } from '@/lib/uuid';

/** `change` is the key of the order whose place it would take; empty for a new one. */
export type TypedDealing = { kind: TicketKind; amount: string; units: string; change: string };

export const BUY_KINDS = ['BUY_AMOUNT', 'BUY_UNITS'] as const satisfies TicketKind[];
export const SELL_KINDS = ['SELL_UNITS', 'SELL_ALL'] as const satisfies TicketKind[];
export const TICKET_KINDS = [...BUY_KINDS, ...SELL_KINDS];

export const sideOf = (kind: TicketKind): 'BUY' | 'SELL' =>
  kind === 'BUY_AMOUNT' || kind === 'BUY_UNITS' ? 'BUY' : 'SELL';

type Search = Record<string, string | string[] | undefined>;

/** Longer than any number that could pass. */
const MAX_LENGTH = 40;

export function typedDealing(search: Search): TypedDealing {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === 'string' ? value.slice(0, MAX_LENGTH) : '';
  };
  const kind = TICKET_KINDS.find((one) => one === search.kind) ?? 'BUY_AMOUNT';
  return { kind, amount: text('amount'), units: text('units'), change: uuidOf(search.change) ?? '' };
}

const OTHER_REFUSALS = [
  'order.key-reused',
  'order.no-such-order',
  'order.not-waiting',
  'order.cut-off-passed',
] as const satisfies ErrorCode[];

/** What the order that was just sent was refused for, if the page is to say it: its code travels in the address. */
export const refusedCode = (search: Search): ErrorCode | undefined =>
  [...DEALING_REFUSALS, ...OTHER_REFUSALS].find((code) => code === search.refused);

/** The address of a page of the ticket with what was typed; `key` names the order that a review may become. */
export function dealPath(
  locale: Locale,
  name: string,
  page: '' | '/review' | '/prospectus',
  { kind, amount, units, change }: TypedDealing,
  { key, refused }: { key?: string | undefined; refused?: string } = {},
) {
  const query = new URLSearchParams({ kind });
  // Only what belongs to the kind travels, so that a figure left in the other box cannot come back as the order's.
  if (kind === 'BUY_AMOUNT' && amount) query.set('amount', amount);
  if ((kind === 'BUY_UNITS' || kind === 'SELL_UNITS') && units) query.set('units', units);
  if (change) query.set('change', change);
  if (key) query.set('key', key);
  if (refused) query.set('refused', refused);
  // What was refused stands beside the button, further down than a page begins.
  return localePath(locale, `/deal/${encodeURIComponent(name)}${page}?${query}${refused ? '#refused' : ''}`);
}
