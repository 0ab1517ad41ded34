/** Pages for when Next is not asked: made once, in both languages, the address's own first. They need no script and no file. */
import { createHash } from 'node:crypto';
import { LOCALES, type Locale } from '@/lib/domain/states';
import en from '@/messages/en/failure.json';
import ja from '@/messages/ja/failure.json';
import type { Page } from './node-http';

const STYLE =
  'body{margin:0 auto;max-width:40rem;padding:3rem 1rem;font:1.0625rem/1.7 system-ui,sans-serif;color-scheme:light dark}section+section{margin-top:3rem;border-top:1px solid;padding-top:2rem}h1,h2{font-size:1.5rem;line-height:1.3}a{display:inline-block;padding:.75rem 0}';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

type Words = Record<'title' | 'safe' | 'do' | 'retry', string>;

function page(texts: Record<Locale, Words>, first: Locale): Buffer {
  const order = [first, ...LOCALES.filter((locale) => locale !== first)];
  const parts = order.map((locale, index) => {
    const { title, safe, do: act, retry } = texts[locale];
    const heading = index === 0 ? 'h1' : 'h2';
    // An empty address is that of the page itself, which is read anew: nothing is sent twice.
    return `<section lang="${locale}"><${heading}>${title}</${heading}><p>${safe}</p><p>${act}</p><a href="">${retry}</a></section>`;
  });
  return Buffer.from(
    `<!doctype html><html lang="${first}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${texts[first].title} – Wakachi</title><style>${STYLE}</style></head><body><main>${parts.join('')}</main></body></html>`,
  );
}

const both = (texts: Record<Locale, Words>) => ({ en: page(texts, 'en'), ja: page(texts, 'ja') });
const BUSY = both({ en: en.busy, ja: ja.busy });
const FAILED = both({ en: en.error, ja: ja.error });

const localeOf = (path: string): Locale => (/^\/ja(\/|$)/.test(path) ? 'ja' : 'en');

/** Too many wait already. */
export const busyPage = (path: string): Page => ({
  status: 503,
  headers: { ...HEADERS, 'retry-after': '2' },
  body: BUSY[localeOf(path)],
});

/** A bug of ours; what it was stands in the log. */
export const failedPage = (path: string): Page => ({ status: 500, headers: HEADERS, body: FAILED[localeOf(path)] });
