/**
 * order.http: the review page's own form, posted without JavaScript by 256 connections, each as somebody else: session, origin, form, checks, the
 * order and its redirect; against a single function call an order (L) in the same rounds.
 */
import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { closeDatabase } from '@/db/client';
import { assertSound, type BenchDatabase, openBenchDatabase, openOffering } from './lib/bench-database';
import { peerSql, runPgbench } from './lib/pgbench';
import { atLeast, type Benchmark, type Line, median } from './lib/result';
import { signIn } from './lib/signed-in';
import { type Server, startSite } from './lib/site';

const ROUNDS = 3;
const SECONDS = 5;
const CONNECTIONS = 256;
const INVESTORS = 2_000;
const SLUG = 'bench-http';

export const orderHttp: Benchmark = async (say) => {
  const database = await openBenchDatabase(INVESTORS);
  let site: Server | undefined;
  try {
    await openOffering(database.owner, SLUG, 10_000_000_000_000n);
    site = await startSite(database, say);
    return await measure(database, site.url, say);
  } finally {
    await site?.stop();
    await closeDatabase();
    await database.close();
  }
};

async function measure(database: BenchDatabase, url: string, say: (line: string) => void): Promise<Line[]> {
  const { owner, ownerUrl, firstInvestor } = database;
  await owner.unsafe(peerSql('single-call.sql', { investors: INVESTORS }));
  const cookies = await signIn(
    owner,
    Array.from({ length: INVESTORS }, (_, n) => firstInvestor + BigInt(n)),
  );
  const form = await reviewForm(url, cookies[0] ?? '');
  const rates = { http: [] as number[], single: [] as number[] };
  const p99: number[] = [];
  await post(url, form, cookies, 2);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const single = { script: 'single-call.pgbench', url: ownerUrl, clients: 8, seconds: SECONDS, investors: INVESTORS };
    rates.single.push(await runPgbench(single));
    const run = await post(url, form, cookies, SECONDS);
    rates.http.push(run.perSecond);
    p99.push(run.p99);
    say(`round ${round} of ${ROUNDS}: ${Math.round(run.perSecond)} orders/s, p99 ${run.p99} ms`);
  }
  await assertSound(owner);
  const slowest = median(p99);
  return [
    atLeast('order.http', rates.http, rates.single, 2, 'L'),
    { path: 'order.http p99 ms', value: slowest, yardstick: null, ratio: null, goal: '≤ 100 ms', met: slowest <= 100 },
  ];
}

type Form = { path: string; fields: [string, string][] };

/** The fields of the form that places the order, as a browser without scripts would send them; the key is each order's own. */
export async function reviewForm(url: string, cookie: string): Promise<Form> {
  const path = `/en/buy/${SLUG}/review?${new URLSearchParams({ kind: 'BUY_AMOUNT', amount: '10', key: randomUUID() })}`;
  const answer = await fetch(url + path, { headers: { cookie }, redirect: 'manual' });
  const html = await answer.text();
  const form = [...html.matchAll(/<form\b[\s\S]*?<\/form>/g)]
    .map(([text]) => text)
    .find((text) => /name="consent"|name="termsVersion"/.test(text));
  if (answer.status !== 200 || !form) throw new Error(`The review page answered ${answer.status} without its form.`);
  const fields = [...form.matchAll(/<input\b[^>]*>/g)].flatMap(([tag]): [string, string][] => {
    const name = /\sname="([^"]*)"/.exec(tag)?.[1];
    return name && !/\stype="checkbox"/.test(tag)
      ? [[plain(name), plain(/\svalue="([^"]*)"/.exec(tag)?.[1] ?? '')]]
      : [];
  });
  return { path, fields: [...fields, ['consent', 'yes']] };
}

const plain = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#x27;|&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

export async function post(url: string, form: Form, cookies: string[], seconds: number, connections = CONNECTIONS) {
  let sent = 0;
  const boundary = 'wakachi-bench';
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    timeout: 30,
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => {
          sent += 1;
          const key = randomUUID();
          const parts = form.fields.map(
            ([name, value]) =>
              `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${name === 'key' ? key : value}\r\n`,
          );
          return {
            ...request,
            path: form.path,
            headers: {
              'content-type': `multipart/form-data; boundary=${boundary}`,
              origin: url,
              cookie: cookies[sent % cookies.length] ?? '',
            },
            body: `${parts.join('')}--${boundary}--\r\n`,
          };
        },
      },
    ],
  });
  // A refusal is a page, which is 200; an order placed is a redirect to it.
  const { '303': placed, ...others } = result.statusCodeStats;
  if (Object.keys(others).length > 0 || result.errors > 0)
    throw new Error(`Answers other than 303: ${JSON.stringify(others)}, ${result.errors} errors.`);
  return { perSecond: (placed?.count ?? 0) / result.duration, p99: result.latency.p99 };
}
