import type { PlaceOrderInput } from '@/lib/services/place-order';

/** One share of the scene's offering, at its price of 10 dollars. */
export const order = (offeringSlug: string, key: string): PlaceOrderInput => ({
  kind: 'BUY_UNITS',
  units: 1_000n,
  offeringSlug,
  key,
  price: 100_000n,
  termsVersion: 1,
  consent: true,
});
