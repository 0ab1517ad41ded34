/** Refusals of a ticket as they travel in the address of its review page: a code of this list, or none. */
import type { ErrorCode } from '@/lib/i18n/types';

/** What the review page cannot see by itself; each has a text without figures. */
const TOLD = [
  'form.busy',
  'form.forbidden-origin',
  'form.invalid',
  'form.unconfirmed',
  'order.key-reused',
  'order.terms-changed',
  'order.prospectus-not-opened',
  'order.consent-missing',
  'subscription.not-found',
  'subscription.not-active',
] as const satisfies readonly ErrorCode[];

/** What the review page finds again when it reads the figures of now; it words them with those. */
const FOUND_AGAIN = [
  'form.required',
  'amount.not-a-number',
  'amount.decimals',
  'amount.no-decimals',
  'amount.too-large',
  'amount.zero',
  'order.not-found',
  'order.not-eligible',
  'order.other-country',
  'order.suitability-expired',
  'order.not-open',
  'order.closed',
  'order.not-a-lot',
  'order.below-minimum',
  'order.above-maximum',
  'order.insufficient-cash',
  'order.sold-out',
] as const satisfies readonly ErrorCode[];

export type TicketRefusal = (typeof TOLD)[number] | (typeof FOUND_AGAIN)[number];

const parse = <T extends string>(codes: readonly T[], value: unknown) => codes.find((code) => code === value);

export const isTicketRefusal = (code: unknown): code is TicketRefusal =>
  parse<TicketRefusal>([...TOLD, ...FOUND_AGAIN], code) !== undefined;

/** The code to word above a form that could be sent again, if there was a refusal. What the page would have found, and does not, has passed. */
export function refusalToTell(code: unknown): ErrorCode | undefined {
  return parse(TOLD, code) ?? (parse(FOUND_AGAIN, code) && 'order.changed-meanwhile');
}

/** The field beside which the text stands. */
export const fieldOf = (code: ErrorCode): string | undefined =>
  code === 'order.consent-missing' ? 'consent' : undefined;
