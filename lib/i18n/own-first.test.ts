import { expect, it } from 'vitest';
import { ownCountryFirst, ownCurrencyFirst } from './own-first';

it("puts the reader's own first and leaves the rest in their order", () => {
  const offerings = [
    { country: 'US', slug: 'a' },
    { country: 'JP', slug: 'b' },
    { country: 'US', slug: 'c' },
    { country: 'JP', slug: 'd' },
  ] as const;
  expect(ownCountryFirst('ja', offerings).map(({ slug }) => slug)).toEqual(['b', 'd', 'a', 'c']);
  expect(ownCountryFirst('en', offerings).map(({ slug }) => slug)).toEqual(['a', 'c', 'b', 'd']);
  const wallets = [{ currency: 'USD' }, { currency: 'JPY' }] as const;
  expect(ownCurrencyFirst('ja', wallets).map(({ currency }) => currency)).toEqual(['JPY', 'USD']);
  expect(ownCurrencyFirst('en', wallets).map(({ currency }) => currency)).toEqual(['USD', 'JPY']);
});
