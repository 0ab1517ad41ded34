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
  let answers = (await post(url, form, cookies, 2)).count;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const single = { script: 'single-call.pgbench', url: ownerUrl, clients: 8, seconds: SECONDS, investors: INVESTORS };
    rates.single.push(await runPgbench(single));
    const run = await post(url, form, cookies, SECONDS);
    rates.http.push(run.perSecond);
    answers += run.count;
    p99.push(run.p99);
    say(`round ${round} of ${ROUNDS}: ${Math.round(run.perSecond)} orders/s, p99 ${run.p99} ms`);
  }
  await assertSound(owner);
  // A refusal is a redirect, too.
  const [row] = await owner<{ orders: number }[]>`
    select count(*)::int as orders from orders where offering_id = (select id from offerings where slug = ${SLUG})`;
  if (!row || row.orders < answers) throw new Error(`${answers} answers are only ${row?.orders} orders.`);
  const slowest = median(p99);
  return [
    atLeast('order.http', rates.http, rates.single, 2, 'L'),
    { path: 'order.http p99 ms', value: slowest, yardstick: null, ratio: null, goal: '≤ 100 ms', met: slowest <= 100 },
  ];
}

type Form = { path: string; body: string };

/** Where the form that places the order leads, and its fields, as a browser without scripts would send them; the key is each order's own. */
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
  const action = /\saction="([^"]*)"/.exec(form)?.[1];
  if (!action) throw new Error('The form leads nowhere.');
  return { path: plain(action), body: `${new URLSearchParams([...fields, ['consent', 'yes']])}` };
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
          return {
            ...request,
            path: form.path.replace(/key=[^&]*/, `key=${randomUUID()}`),
            headers: {
              'content-type': 'application/x-www-form-urlencoded',
              origin: url,
              cookie: cookies[sent % cookies.length] ?? '',
            },
            body: form.body,
          };
        },
      },
    ],
  });
  const { '303': placed, ...others } = result.statusCodeStats;
  if (Object.keys(others).length > 0 || result.errors > 0)
    throw new Error(`Answers other than 303: ${JSON.stringify(others)}, ${result.errors} errors.`);
  const count = placed?.count ?? 0;
  return { count, perSecond: count / result.duration, p99: result.latency.p99 };
}
