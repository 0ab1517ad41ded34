import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textDifference } from './text-difference';

it('keeps what is common and says what is gone and what is new', () => {
  expect(textDifference('a\nb\nc', 'a\nx\nc\nd')).toEqual([
    { is: 'same', text: 'a' },
    { is: 'gone', text: 'b' },
    { is: 'new', text: 'x' },
    { is: 'same', text: 'c' },
    { is: 'new', text: 'd' },
  ]);
});

it('gives both texts back', () => {
  const text = fc
    .array(fc.constantFrom('', 'a', 'b', 'c', '１'), { minLength: 1, maxLength: 12 })
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = textDifference(before, after);
      const without = (is: string) =>
        lines
          .filter((line) => line.is !== is)
          .map((line) => line.text)
          .join('\n');
      expect(without('new')).toBe(before);
      expect(without('gone')).toBe(after);
      if (before === after) expect(lines.every((line) => line.is === 'same')).toBe(true);
    }),
  );
});
