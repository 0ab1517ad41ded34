/**
 * A new version of a document as it is typed: both languages of it, which are published together or not at all (DOMAIN §3), and what is wrong with
 * it. The texts are the Markdown that the site shows.
 */
import { hasUnseenCharacters, lengthOf } from '../people/text';
import { parseDocument } from './markdown';

export type DocumentTexts = { titleEn: string; titleJa: string; bodyEn: string; bodyJa: string };

export type DocumentRefusal = {
  code:
    | 'form.required'
    | 'text.too-long'
    | 'text.unseen'
    | 'draft.japanese'
    | 'draft.latin'
    | 'document.headings'
    | 'document.unchanged';
  field: keyof DocumentTexts;
  params?: Record<string, number>;
};

export const TITLE_MAX = 120;
/** Both texts together stay well below what one request may carry. */
export const BODY_MAX = 12_000;

const JAPANESE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/** As it is kept and hashed: a browser sends other line ends than it was given, and spaces at an end would be another hash. */
export const normalText = (raw: string): string =>
  raw
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();

const headingsOf = (body: string): number => parseDocument(body).filter(({ kind }) => kind === 'heading').length;

export function readDocument(
  typed: DocumentTexts,
  latest: DocumentTexts,
): { ok: true; texts: DocumentTexts } | { ok: false; refusals: DocumentRefusal[] } {
  const refusals: DocumentRefusal[] = [];
  const texts = {} as DocumentTexts;
  for (const field of ['titleEn', 'titleJa', 'bodyEn', 'bodyJa'] as const) {
    const max = field.startsWith('title') ? TITLE_MAX : BODY_MAX;
    const japanese = field.endsWith('Ja');
    const text = normalText(typed[field]);
    texts[field] = text;
    if (text === '') refusals.push({ field, code: 'form.required' });
    else if (text.length > 2 * max || lengthOf(text) > max)
      refusals.push({ field, code: 'text.too-long', params: { max } });
    else if (text.split('\n').some(hasUnseenCharacters)) refusals.push({ field, code: 'text.unseen' });
    else if (japanese && !JAPANESE.test(text)) refusals.push({ field, code: 'draft.japanese' });
    else if (!japanese && JAPANESE.test(text)) refusals.push({ field, code: 'draft.latin' });
  }
  if (refusals.length > 0) return { ok: false, refusals };
  // A part that only one language has would be an agreement that only one half of the readers has read.
  const [en, ja] = [headingsOf(texts.bodyEn), headingsOf(texts.bodyJa)];
  if (en !== ja) refusals.push({ field: 'bodyJa', code: 'document.headings', params: { en, ja } });
  const fields = Object.keys(texts) as (keyof DocumentTexts)[];
  if (fields.every((field) => texts[field] === normalText(latest[field])))
    refusals.push({ field: 'bodyEn', code: 'document.unchanged' });
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, texts };
}
