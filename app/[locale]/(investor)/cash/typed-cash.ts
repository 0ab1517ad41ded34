/** What was typed into a cash form, as it travels in the address to its review: read anew there and trusted nowhere. */
import { getCashPage } from '@/db/queries/investor-pages';
import { CURRENCY_DECIMALS } from '@/lib/domain/money/currency';
import { parseAmount } from '@/lib/domain/money/parse';
import { safeNextPath } from '@/lib/domain/people/session';
import { CURRENCIES, type Currency } from '@/lib/domain/states';
import { decimalString } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';
import { ok, type Result, refuse } from '@/lib/result';
import { viewCashMovement } from '@/lib/services/view-cash-movement';
import { uuidOf } from '@/lib/uuid';

type Search = Record<string, string | string[] | undefined>;

export type TypedCash = { currency: Currency | undefined; amount: string; key: string | undefined };

export function typedCash(search: Search): TypedCash {
  const { amount } = search;
  return {
    currency: CURRENCIES.find((currency) => currency === search.currency),
    amount: typeof amount === 'string' ? amount.slice(0, 40) : '',
    key: uuidOf(search.key),
  };
}

/** The order or the monthly plan that cash is added for, in the reader's language: a path of its pages, or nothing. */
export function pageToGoOn(locale: Locale, raw: unknown): string {
  const [, rest] = /^\/[a-z]{2}(\/(?:buy|deal|plans)\/.+)$/.exec(safeNextPath(raw, '')) ?? [];
  return rest ? `/${locale}${rest}` : '';
}

/** The words of the way back there. */
export const goOnWords = (next: string) => (next.includes('/plans/') ? 'done.go-on-plan' : 'done.go-on');

const query = (currency: Currency, amountMinor: bigint) =>
  new URLSearchParams({ currency, amount: decimalString(amountMinor, CURRENCY_DECIMALS[currency]) });

export function reviewPath(
  locale: Locale,
  act: 'withdraw' | 'convert',
  currency: Currency,
  amountMinor: bigint,
  key: string,
) {
  return localePath(locale, `/cash/${act}/review?${query(currency, amountMinor)}&key=${key}`);
}

/** Back to the form with what was typed. */
export const typedPath = (locale: Locale, act: 'withdraw' | 'convert', currency: Currency, amountMinor: bigint) =>
  localePath(locale, `/cash/${act}?${query(currency, amountMinor)}`);

/** An early answer for the form; the service decides again under its lock. */
export async function assertAvailable(
  investorId: bigint,
  currency: Currency,
  amountMinor: bigint,
): Promise<Result<null>> {
  const { wallets } = await getCashPage(investorId, 0);
  const available = wallets.find((wallet) => wallet.currency === currency)?.availableMinor ?? 0n;
  if (amountMinor <= available) return ok(null);
  return refuse('cash.insufficient', { params: { available: { money: available, currency } }, field: 'amount' });
}

/** The typed figures of a review page, or why it has none to show: it has become a movement already, or it was opened without an amount. */
export async function readReview(
  locale: Locale,
  investorId: bigint,
  search: Search,
): Promise<{ currency: Currency; amountMinor: bigint; amount: string; key: string } | 'done' | 'lost'> {
  const { currency, amount, key } = typedCash(search);
  const parsed = currency && parseAmount(amount, currency);
  if (!currency || !parsed?.ok || !key) return 'lost';
  if (await viewCashMovement({ investorId, locale }, key)) return 'done';
  return { currency, amountMinor: parsed.value, amount, key };
}
