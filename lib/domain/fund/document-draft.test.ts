import { expect, test } from 'vitest';
import { BODY_MAX, type DocumentTexts, normalText, readDocument } from './document-draft';

const LATEST: DocumentTexts = {
  titleEn: 'Terms',
  titleJa: '利用規約',
  bodyEn: '## One\n\nText.',
  bodyJa: '## 一\n\n本文。',
};
const NEXT = { ...LATEST, bodyEn: '## One\n\nNew text.', bodyJa: '## 一\n\n新しい本文。' };

const refusalsOf = (change: Partial<DocumentTexts>) => {
  const read = readDocument({ ...NEXT, ...change }, LATEST);
  return read.ok ? [] : read.refusals.map(({ field, code }) => [field, code]);
};

test('both texts as they will be hashed: one kind of line end, no spaces at ends', () => {
  expect(readDocument({ ...NEXT, bodyEn: '## One \r\n\r\nNew text.\r\n' }, LATEST)).toEqual({ ok: true, texts: NEXT });
  expect(normalText('  a\t\r\rb  ')).toBe('a\n\nb');
});

test.each<[Partial<DocumentTexts>, string, string]>([
  [{ titleJa: '' }, 'titleJa', 'form.required'],
  [{ bodyEn: '  \n ' }, 'bodyEn', 'form.required'],
  [{ bodyJa: '## One\n\nText.' }, 'bodyJa', 'draft.japanese'],
  [{ bodyEn: '## 一\n\n本文。' }, 'bodyEn', 'draft.latin'],
  [{ bodyEn: '## One\n\nNew \u200btext.' }, 'bodyEn', 'text.unseen'],
  [{ bodyEn: 'a'.repeat(BODY_MAX + 1) }, 'bodyEn', 'text.too-long'],
  [{ bodyEn: '## One\n\nText.\n\n## Two\n\nMore.' }, 'bodyJa', 'document.headings'],
  [LATEST, 'bodyEn', 'document.unchanged'],
])('%j is refused beside its field', (change, field, code) => {
  expect(refusalsOf(change)).toEqual([[field, code]]);
});

test('what is missing in both languages is said of both', () => {
  expect(refusalsOf({ bodyEn: '', bodyJa: '' })).toEqual([
    ['bodyEn', 'form.required'],
    ['bodyJa', 'form.required'],
  ]);
});
