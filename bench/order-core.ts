/**
 * order.core: durable orders from one Node process, 256 in flight through the combiner of the site, against a single function call an order (L),
 * an interactive transaction, and a transfer of a general ledger; each for some seconds in turn, in several rounds.
 */
import { closeDatabase } from '@/db/client';
import { connect, type Sql } from '@/db/connect';
import { orderCombiner } from '@/lib/services/order-combiner';
import {
  assertSound,
  type BenchDatabase,
  openBenchDatabase,
  openOffering,
  walBytesSince,
  walMark,
} from './lib/bench-database';
import { peerSql, pgbench, runPgbench } from './lib/pgbench';
import { atLeast, type Benchmark, type Line, median, percentile } from './lib/result';
import { randomOrder, runOrders } from './lib/run-orders';
import { interactiveOrder, prepareInteractive } from './peers/interactive';

const ROUNDS = 12;
const SECONDS = 2;
const INVESTORS = 20_000;
const IN_FLIGHT = 256;
/** What pgbench and the interactive form do best with on two cores; more clients make both slower. */
const CLIENTS = 8;
const UNCAPPED = 10_000_000_000_000n;

export const orderCore: Benchmark = async (say) => {
  if (!(await pgbench())) say('There is no pgbench on this machine: a stand-in in Node is the yardstick, and slower.');
  const database = await openBenchDatabase(INVESTORS);
  const interactive = connect(database.ownerUrl, { max: CLIENTS, name: 'bench-interactive' });
  try {
    return await measure(database, interactive, say);
  } finally {
    await interactive.end({ timeout: 5 });
    await closeDatabase();
    await database.close();
  }
};

async function measure(database: BenchDatabase, interactive: Sql, say: (line: string) => void): Promise<Line[]> {
  const { owner, superuser, ownerUrl: url, firstInvestor } = database;
  await owner.unsafe(peerSql('single-call.sql', { investors: INVESTORS }));
  await owner.unsafe(peerSql('transfer.sql', { investors: INVESTORS }));
  await prepareInteractive(owner);
  await owner.unsafe('vacuum analyze');
  const offering = await openOffering(owner, 'bench-core', UNCAPPED);
  const next = randomOrder(offering, INVESTORS, firstInvestor);
  const ours = (seconds: number) =>
    runOrders((call) => orderCombiner().submit(call), next, { inFlight: IN_FLIGHT, untilMs: seconds * 1_000 });
  const peer = (script: string, seconds: number) =>
    runPgbench({ script, url, clients: CLIENTS, seconds, investors: INVESTORS });

  // Full images of pages that a checkpoint has just passed belong to the checkpoint: each round begins long after one, with its pages written.
  await superuser.unsafe('checkpoint');
  await Promise.all([ours(2), peer('single-call.pgbench', 2)]);
  await peer('transfer.pgbench', 1);

  const rates = { single: [] as number[], node: [] as number[], transfer: [] as number[], core: [] as number[] };
  const latencies: number[] = [];
  const wal: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    rates.single.push(await peer('single-call.pgbench', SECONDS));
    rates.node.push(await interactiveRate(interactive, SECONDS));
    rates.transfer.push(await peer('transfer.pgbench', SECONDS));
    const mark = await walMark(superuser);
    const run = await ours(SECONDS);
    wal.push((await walBytesSince(superuser, mark)) / run.settled);
    rates.core.push(run.perSecond);
    latencies.push(...run.latencies);
    const shown = Object.entries(rates).map(([name, values]) => `${name} ${Math.round(values.at(-1) ?? 0)}/s`);
    say(`round ${round} of ${ROUNDS}: ${shown.join(', ')}, ${Math.round(wal.at(-1) ?? 0)} B of WAL an order`);
  }
  await assertSound(owner);
  say(`p50 ${percentile(latencies, 0.5).toFixed(1)} ms, p99 ${percentile(latencies, 0.99).toFixed(1)} ms`);
  const bytes = median(wal);
  return [
    atLeast('order.core', rates.core, rates.single, 4, 'L'),
    atLeast('order.core / interactive', rates.core, rates.node, 15, 'interactive transactions'),
    atLeast('order.core / ledger transfer', rates.core, rates.transfer, 8, 'transfers'),
    {
      path: 'order.core WAL bytes',
      value: bytes,
      yardstick: null,
      ratio: null,
      goal: '≤ 1,000 B',
      met: bytes <= 1_000,
    },
  ];
}

async function interactiveRate(sql: Sql, seconds: number): Promise<number> {
  const started = performance.now();
  const end = started + seconds * 1_000;
  let done = 0;
  const client = async () => {
    while (performance.now() < end) {
      await interactiveOrder(sql, 1 + Math.floor(Math.random() * INVESTORS));
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return done / ((performance.now() - started) / 1_000);
}
