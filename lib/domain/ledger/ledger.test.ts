import fc from 'fast-check';
import { expect, test } from 'vitest';
import { journalFault, type Posting, reverse } from './journal';
import { Book } from './model';

const posting = fc.record({
  investor: fc.bigInt({ min: 0n, max: 3n }),
  asset: fc.constantFrom('USD', 'JPY'),
  account: fc.constantFrom('INVESTOR_AVAILABLE' as const, 'BANK' as const, 'FX_DESK' as const),
  amount: fc.bigInt({ min: -1_000n, max: 1_000n }),
});

test('a journal balances for each asset, or says why not', () => {
  const bank: Posting = { investor: 0n, asset: 'USD', account: 'BANK', amount: -5n };
  const wallet: Posting = { investor: 1n, asset: 'USD', account: 'INVESTOR_AVAILABLE', amount: 5n };
  expect(journalFault([bank, wallet])).toBeNull();
  expect(journalFault([bank])).toBe('too-few');
  expect(journalFault([bank, { ...wallet, asset: 'JPY' }])).toBe('unbalanced');
  expect(journalFault([bank, wallet, { ...wallet, amount: 0n }])).toBe('empty-posting');
});

test('a reversal has the same faults, undoes every sum, and is undone by another', () => {
  fc.assert(
    fc.property(fc.array(posting, { maxLength: 8 }), (postings) => {
      expect(journalFault(reverse(postings))).toBe(journalFault(postings));
      expect(reverse(reverse(postings))).toEqual(postings);
      const sum = [...postings, ...reverse(postings)].reduce((total, { amount }) => total + amount, 0n);
      expect(sum).toBe(0n);
    }),
  );
});

test('the book pays in, reserves, pays out, converts and takes back', () => {
  const buyer = {
    status: 'ELIGIBLE',
    country: 'US',
    suitabilityExpiresAt: null,
    openedProspectus: true,
    agreed: true,
  } as const;
  const mid = { rateDate: '2026-01-05', jpyPerUsdE4: 1_500_000n, spreadSen: 25 };
  const book = new Book(new Map([[1n, buyer]]), new Map(), mid, new Date(0));
  const of = (currency: 'USD' | 'JPY', account: 'INVESTOR_AVAILABLE' | 'INVESTOR_RESERVED' = 'INVESTOR_AVAILABLE') =>
    book.balance(1n, currency, account);
  const deposit = { type: 'deposit', investor: 1n, key: 'a', currency: 'USD', amountMinor: 10_000n } as const;
  expect(book.apply(deposit)).toEqual({ ok: true, replayed: false, amountMinor: 10_000n });
  expect(book.apply(deposit)).toEqual({ ok: true, replayed: true, amountMinor: 10_000n });
  expect(book.apply({ ...deposit, amountMinor: 1n })).toEqual({ ok: false, code: 'cash.key-reused' });
  book.apply({ type: 'withdraw', investor: 1n, key: 'b', currency: 'USD', amountMinor: 4_000n });
  expect([of('USD'), of('USD', 'INVESTOR_RESERVED')]).toEqual([6_000n, 4_000n]);
  book.apply({ type: 'cancel-withdrawal', investor: 1n, key: 'b' });
  expect([of('USD'), of('USD', 'INVESTOR_RESERVED')]).toEqual([10_000n, 0n]);
  book.apply({ type: 'convert', investor: 1n, key: 'c', currency: 'USD', amountMinor: 10_000n, rateE4: 1_497_500n });
  expect([of('USD'), of('JPY')]).toEqual([0n, 14_975n]);
  expect(book.apply({ type: 'reverse', investor: 1n, key: 'a' })).toEqual({ ok: false, code: 'ledger.spent' });
  expect(book.apply({ type: 'reverse', investor: 1n, key: 'c' })).toEqual({ ok: true, replayed: false });
  expect(book.apply({ type: 'reverse', investor: 1n, key: 'c' })).toEqual({
    ok: false,
    code: 'ledger.already-reversed',
  });
  expect(book.apply({ type: 'reverse', investor: 1n, key: 'a' })).toEqual({ ok: true, replayed: false });
  expect([of('USD'), of('JPY'), book.sumOf('USD'), book.sumOf('JPY')]).toEqual([0n, 0n, 0n, 0n]);
});
