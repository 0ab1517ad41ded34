import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, parseDocument } from './markdown';

const plain = (text: string) => [{ text, bold: false }];

describe('parseDocument', () => {
  test('headings, paragraphs, lists and tables', () => {
    const source =
      '## What it costs\n\nA paragraph\nof two lines.\n\n- one\n- two\n  goes on\n\n1. first\n2. second\n\n| Cost | Sum |\n|---|---:|\n| Fee | none |';
    expect(parseDocument(source)).toEqual<Block[]>([
      { kind: 'heading', level: 2, text: 'What it costs', id: 'section-1' },
      { kind: 'paragraph', inlines: plain('A paragraph of two lines.') },
      { kind: 'list', ordered: false, items: [plain('one'), plain('two goes on')] },
      { kind: 'list', ordered: true, items: [plain('first'), plain('second')] },
      { kind: 'table', head: [plain('Cost'), plain('Sum')], rows: [[plain('Fee'), plain('none')]] },
    ]);
  });

  test('Japanese lines are joined without a space', () => {
    expect(parseDocument('元本は\n保証されません。')).toEqual([
      { kind: 'paragraph', inlines: plain('元本は保証されません。') },
    ]);
  });

  test('bold, and stars without a partner', () => {
    expect(parseDocument('**Please** read 2 ** 3')).toEqual([
      {
        kind: 'paragraph',
        inlines: [
          { text: 'Please', bold: true },
          { text: ' read 2 ** 3', bold: false },
        ],
      },
    ]);
  });

  test('HTML is text', () => {
    expect(parseDocument('<script>alert(1)</script>')).toEqual([
      { kind: 'paragraph', inlines: plain('<script>alert(1)</script>') },
    ]);
  });

  test('takes any text, loses no letter or digit of a paragraph, and comes to an end', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '1', ' ', '\n', '#', '-', '.', '|', '*', '分', '。'),
      maxLength: 200,
    });
    fc.assert(
      fc.property(text, (source) => {
        const letters = (s: string) => s.replace(/[^a分]/g, '');
        const shown = JSON.stringify(
          parseDocument(source).map((block) => {
            if (block.kind === 'heading') return block.text;
            if (block.kind === 'paragraph') return block.inlines.map((i) => i.text);
            if (block.kind === 'list') return block.items.map((item) => item.map((i) => i.text));
            return [block.head, ...block.rows].map((row) => row.map((cell) => cell.map((i) => i.text)));
          }),
        );
        expect(letters(shown)).toBe(letters(source));
      }),
    );
  });
});
