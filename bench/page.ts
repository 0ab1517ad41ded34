/**
 * page.*: requests a second of the site's pages, each beside a page of the same kind in a minimal Next application, in turn; and the JavaScript
 * that a page brings, gzipped.
 */
import { gzipSync } from 'node:zlib';
import autocannon from 'autocannon';
import { closeDatabase } from '@/db/client';
import { PERSONAS } from '@/scripts/lib/personas.mjs';
import { openBenchDatabase } from './lib/bench-database';
import { atLeast, type Benchmark, type Line } from './lib/result';
import { signIn } from './lib/signed-in';
import { startMinimal, startSite } from './lib/site';

const ROUNDS = 5;
const SECONDS = 3;
const CONNECTIONS = 16;

type Page = { name: string; path: string; kind: 'still' | 'row'; signedIn: boolean };

const PAGES: Page[] = [
  { name: 'home', path: '/en', kind: 'still', signedIn: false },
  { name: 'offerings', path: '/en/offerings', kind: 'still', signedIn: false },
  { name: 'fund', path: '/ja/fund', kind: 'still', signedIn: false },
  { name: 'overview', path: '/en/overview', kind: 'row', signedIn: true },
  { name: 'activity', path: '/ja/activity', kind: 'row', signedIn: true },
  { name: 'sign-in', path: '/en/sign-in', kind: 'row', signedIn: false },
];

const KILOBYTE = 1_000;

export const pages: Benchmark = async (say) => {
  // The personas of the seed are enough to read pages.
  const database = await openBenchDatabase(1);
  const stops: (() => Promise<void>)[] = [];
  try {
    const site = await startSite(database, say);
    stops.push(site.stop);
    const minimal = await startMinimal(database, say);
    stops.push(minimal.stop);
    const [cookie = ''] = await signIn(database.owner, [BigInt(PERSONAS.american.id)]);
    const lines: Line[] = [];
    for (const page of PAGES) lines.push(await measure(page, site.url, minimal.url, cookie, say));
    lines.push(await javascript('js.public', 145, ['/en', '/ja/offerings', '/ja/fund'], site.url, '', say));
    const own = ['/en/overview', '/en/cash', '/ja/activity', '/en/buy/general-us'];
    lines.push(await javascript('js.investor', 160, own, site.url, cookie, say));
    return lines;
  } finally {
    for (const stop of stops.reverse()) await stop();
    await closeDatabase();
    await database.close();
  }
};

async function measure(page: Page, site: string, minimal: string, cookie: string, say: (line: string) => void) {
  const ours = { url: site + page.path, headers: (page.signedIn ? { cookie } : {}) as Record<string, string> };
  const theirs = { url: `${minimal}/${page.kind}`, headers: { cookie: 'row=1' } };
  for (const target of [ours, theirs]) await perSecond(target, 1);
  const rates = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.ours.push(await perSecond(ours, SECONDS));
    rates.theirs.push(await perSecond(theirs, SECONDS));
  }
  const line = atLeast(`page.${page.name}`, rates.ours, rates.theirs, 0.9, `of a minimal ${page.kind} page`);
  say(`${page.path}: ${Math.round(line.value)}/s; minimal ${Math.round(line.yardstick ?? 0)}/s`);
  return line;
}

async function perSecond({ url, headers }: { url: string; headers: Record<string, string> }, seconds: number) {
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration: seconds });
  const others = Object.keys(result.statusCodeStats).filter((status) => status !== '200');
  if (others.length > 0 || result.errors > 0)
    throw new Error(`${url} answered ${others.join(', ')} and failed ${result.errors} times.`);
  return (result.statusCodeStats['200']?.count ?? 0) / result.duration;
}

/** The largest sum over the pages, of the scripts that a modern browser loads with the page. */
async function javascript(
  name: string,
  most: number,
  paths: string[],
  site: string,
  cookie: string,
  say: (line: string) => void,
): Promise<Line> {
  let largest = 0;
  for (const path of paths) {
    const answer = await fetch(site + path, { headers: { cookie }, redirect: 'manual' });
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
    const tags = [...(await answer.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    const sources = tags
      .filter((tag) => !/nomodule/i.test(tag))
      .flatMap((tag) => /\ssrc="([^"]+)"/.exec(tag)?.[1] ?? []);
    let bytes = 0;
    for (const source of new Set(sources)) {
      const script = await fetch(new URL(source.replaceAll('&amp;', '&'), site));
      bytes += gzipSync(Buffer.from(await script.arrayBuffer())).length;
    }
    say(`${path}: ${(bytes / KILOBYTE).toFixed(1)} kB of JavaScript, gzipped`);
    largest = Math.max(largest, bytes / KILOBYTE);
  }
  return {
    path: `${name} kB`,
    value: largest,
    yardstick: null,
    ratio: null,
    goal: `≤ ${most} kB`,
    met: largest <= most,
  };
}
