import type { Currency } from '../states';

/** Decimals of the smallest part of a currency: cents, and whole yen. */
export const CURRENCY_DECIMALS: Record<Currency, number> = { USD: 2, JPY: 0 };

export const otherCurrency = (currency: Currency): Currency => (currency === 'USD' ? 'JPY' : 'USD');
