/**
 * The fund's documents from db/seed/documents/<slug>.v<version>.<locale>.md. The first line of a file is its title; the rest is the body, in the
 * Markdown that the site shows: `##` and `###` headings, paragraphs, `-` and `1.` lists.
 *
 * Figures that depend on the first day stand in the text as {{name}} and are filled in once: a published version never changes again.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DocumentKind, LOCALES, type Locale } from '@/lib/domain/states';
import type * as schema from '../schema';
import { FUND_ID } from './fund';
import type { MarketDay } from './market';
import { daysBefore } from './people';

type Version = typeof schema.documentVersions.$inferInsert & { id: number };
type Text = typeof schema.documentTexts.$inferInsert;

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'documents');

/** `days` before the first seeding; version 1 of the prospectus belongs to the founding offering. */
const VERSIONS: { id: number; kind: DocumentKind; slug: string; version: number; days: number }[] = [
  { id: 1, kind: 'PROSPECTUS', slug: 'prospectus', version: 1, days: 150 },
  { id: 2, kind: 'PROSPECTUS', slug: 'prospectus', version: 2, days: 28 },
  { id: 3, kind: 'PRE_CONTRACT', slug: 'pre-contract', version: 1, days: 150 },
  { id: 4, kind: 'COVENANT', slug: 'covenant', version: 1, days: 400 },
  { id: 5, kind: 'TERMS', slug: 'terms', version: 1, days: 400 },
  { id: 6, kind: 'E_DELIVERY', slug: 'e-delivery', version: 1, days: 400 },
];

export function documentRows(now: Date, history: MarketDay[]): { versions: Version[]; texts: Text[] } {
  const versions: Version[] = [];
  const texts: Text[] = [];
  for (const { id, kind, slug, version, days } of VERSIONS) {
    const publishedAt = daysBefore(now, days);
    versions.push({ id, fundId: FUND_ID, kind, slug, version, publishedAt });
    for (const locale of LOCALES) {
      const [title = '', ...rest] = readFileSync(path.join(folder, `${slug}.v${version}.${locale}.md`), 'utf8').split(
        '\n',
      );
      const known = history.filter((day) => day.date < publishedAt.toISOString().slice(0, 10));
      const body = filled(rest.join('\n').trim(), figures(locale, known));
      texts.push({
        documentVersionId: id,
        locale,
        title: title.replace(/^# /, ''),
        body,
        sha256: createHash('sha256').update(body).digest('hex'),
      });
    }
  }
  return { versions, texts };
}

function filled(text: string, values: Record<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`A document asks for {{${name}}}, which nothing gives.`);
    return value;
  });
}

/** The figures of "past performance", as of the day before publication. */
function figures(locale: Locale, known: MarketDay[]): Record<string, string> {
  const first = known[0];
  const last = known.at(-1);
  if (!first || !last) return {};
  const highest = known.reduce((a, b) => (b.usPrice > a.usPrice ? b : a));
  const lowest = known.reduce((a, b) => (b.usPrice < a.usPrice ? b : a));
  const highestJp = known.reduce((a, b) => (b.jpPrice > a.jpPrice ? b : a));
  const lowestJp = known.reduce((a, b) => (b.jpPrice < a.jpPrice ? b : a));
  const share = (price: bigint) => fixed(price, 4);
  const yen = (price: bigint) => price.toString().replace(/\B(?=(\d{3})+$)/g, ',');
  return {
    firstDate: dateText(locale, first.date),
    lastDate: dateText(locale, last.date),
    usPrice: share(last.usPrice),
    jpPrice: yen(last.jpPrice),
    usChange: changeText(locale, first.usPrice, last.usPrice),
    jpChange: changeText(locale, first.jpPrice, last.jpPrice),
    usHigh: share(highest.usPrice),
    usHighDate: dateText(locale, highest.date),
    usLow: share(lowest.usPrice),
    usLowDate: dateText(locale, lowest.date),
    jpHigh: yen(highestJp.jpPrice),
    jpHighDate: dateText(locale, highestJp.date),
    jpLow: yen(lowestJp.jpPrice),
    jpLowDate: dateText(locale, lowestJp.date),
  };
}

function fixed(value: bigint, decimals: number): string {
  const digits = value.toString().padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** The change from one price to another, truncated to hundredths of a percent: "up 12.34%". */
function changeText(locale: Locale, from: bigint, to: bigint): string {
  const e4 = ((to - from) * 10_000n) / from;
  const size = `${fixed(e4 < 0n ? -e4 : e4, 2)}%`;
  if (locale === 'ja') return `${size}の${e4 < 0n ? '下落' : '上昇'}`;
  return `${e4 < 0n ? 'down' : 'up'} ${size}`;
}

const dateText = (locale: Locale, date: string): string =>
  new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
