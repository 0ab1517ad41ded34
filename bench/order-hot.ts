/**
 * order.hot: a small tranche under a rush, against the same rush on an offering that cannot run out. What is sold is exactly the cap, however
 * the rush ends.
 */
import { closeDatabase } from '@/db/client';
import type { OrderCall } from '@/db/commands/orders';
import { orderCombiner } from '@/lib/services/order-combiner';
import { assertSound, type BenchDatabase, openBenchDatabase, openOffering } from './lib/bench-database';
import { atLeast, type Benchmark, type Line } from './lib/result';
import { randomOrder, runOrders } from './lib/run-orders';

const ROUNDS = 7;
const INVESTORS = 20_000;
const IN_FLIGHT = 256;
/** Orders of one share of three decimals each: a rush a tenth larger than the tranche. */
const CAP_SHARES = 20_000;
const RUSH = 22_000;
const SHARE = 1_000n;
const UNCAPPED = 10_000_000_000_000n;

export const orderHot: Benchmark = async (say) => {
  const database = await openBenchDatabase(INVESTORS);
  try {
    return await measure(database, say);
  } finally {
    await closeDatabase();
    await database.close();
  }
};

async function measure(database: BenchDatabase, say: (line: string) => void): Promise<Line[]> {
  const { owner, superuser } = database;
  await rush(database, 'bench-warm-up', UNCAPPED);
  await superuser.unsafe('checkpoint');
  const capped: number[] = [];
  const uncapped: number[] = [];
  const sold: bigint[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    // Whoever goes first in a round finds the pages colder: they take turns.
    const hot = () => rush(database, `bench-hot-${round}`, BigInt(CAP_SHARES) * SHARE);
    const cold = () => rush(database, `bench-free-${round}`, UNCAPPED);
    const [first, second] = round % 2 === 0 ? [await hot(), await cold()] : [await cold(), await hot()];
    const [tranche, free] = round % 2 === 0 ? [first, second] : [second, first];
    capped.push(tranche.perSecond);
    uncapped.push(free.perSecond);
    sold.push(tranche.soldUnits);
    say(
      `round ${round} of ${ROUNDS}: tranche ${Math.round(tranche.perSecond)}/s, without a cap ${Math.round(free.perSecond)}/s, ` +
        `sold ${tranche.soldUnits / SHARE} of ${CAP_SHARES} shares`,
    );
  }
  await assertSound(owner);
  const cap = BigInt(CAP_SHARES) * SHARE;
  const exact = sold.filter((units) => units === cap).length;
  return [
    atLeast('order.hot', capped, uncapped, 0.9, 'without a cap'),
    {
      path: 'order.hot rounds that sold exactly the cap',
      value: exact,
      yardstick: ROUNDS,
      ratio: exact / ROUNDS,
      goal: 'all',
      met: exact === ROUNDS,
    },
  ];
}

async function rush(database: BenchDatabase, slug: string, sizeUnits: bigint) {
  const { owner, firstInvestor } = database;
  const offering = await openOffering(owner, slug, sizeUnits, SHARE);
  const random = randomOrder(offering, INVESTORS, firstInvestor);
  let left = RUSH;
  const next = (): OrderCall | null => {
    left -= 1;
    return left < 0 ? null : { ...random(), kind: 'BUY_UNITS', asked: SHARE };
  };
  const run = await runOrders((call) => orderCombiner().submit(call), next, {
    inFlight: IN_FLIGHT,
    expected: 'order.sold-out',
  });
  const [row] = await owner<{ sold: bigint; left: bigint }[]>`
    select (select coalesce(sum(units), 0)::bigint from orders where offering_id = ${offering.id}) as sold,
           (select sum(remaining)::bigint from offering_slots where offering_id = ${offering.id}) as left`;
  if (!row || row.sold + row.left !== sizeUnits || row.sold !== BigInt(run.settled) * SHARE)
    throw new Error('What was sold and what is left do not make the size.');
  return { ...run, soldUnits: row.sold };
}
