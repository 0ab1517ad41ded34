import type { Currency } from '../states';

/** The most that one simulated deposit may bring, smallest parts: a million dollars, 150 million yen. */
export const DEPOSIT_LIMIT: Record<Currency, bigint> = { USD: 100_000_000n, JPY: 150_000_000n };
