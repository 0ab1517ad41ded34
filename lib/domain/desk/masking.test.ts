import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskBirthDate, maskEmail, maskName, maskPostalCode } from './masking';

test.each([
  ['emily.carter@example.com', 'e•••@example.com'],
  ['a@example.com', '•••@example.com'],
  ['"a@b"@example.com', '"•••@example.com'],
  ['no address', '•••'],
  ['@example.com', '•••'],
])('%s becomes %s', (email, masked) => {
  expect(maskEmail(email)).toBe(masked);
});

test.each([
  ['Carter', 'C•••'],
  ['髙橋', '髙•••'],
  // One letter with a variation selector, and one of two code units, each stay one letter.
  ['葛\u{e0100}城', '葛\u{e0100}•••'],
  ['𠮷田', '𠮷•••'],
  ['優', '•••'],
  ['', '•••'],
])('the name %s becomes %s', (name, masked) => {
  expect(maskName(name)).toBe(masked);
});

test('a mask shows one letter at most, and says nothing of the length', () => {
  const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 2, maxLength: 40 }), (name) => {
      const masked = maskName(name);
      expect(masked.endsWith('•••')).toBe(true);
      expect([...graphemes.segment(masked.slice(0, -3))].length).toBeLessThanOrEqual(1);
      expect(maskName(`${name}${name}`).length).toBeLessThanOrEqual(Math.max(masked.length, 16));
    }),
  );
});

test('of dates and places the coarse part stays', () => {
  expect(maskBirthDate('1988-04-17')).toBe('1988');
  expect(maskPostalCode('150-0001')).toBe('150•••');
  expect(maskPostalCode('80203')).toBe('802•••');
});
