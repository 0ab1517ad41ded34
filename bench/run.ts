/**
 * npm run bench [-- order.core …]: measures the hot paths on this machine, each beside its yardstick in the same run, prints a table and writes
 * bench/results.json. Absolute figures wander with the machine; ratios are what the goals are about.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { allot1m, allot10m } from './allot';
import { deal1m } from './deal';
import type { Benchmark, Line } from './lib/result';
import { orderCore } from './order-core';
import { orderHot } from './order-hot';
import { orderHttp } from './order-http';
import { pages } from './page';

const BENCHMARKS: Record<string, Benchmark> = {
  'order.core': orderCore,
  'order.hot': orderHot,
  'order.http': orderHttp,
  'allot.1m': allot1m,
  'allot.10m': allot10m,
  'deal.1m': deal1m,
  page: pages,
};
/** Takes so long that it runs only when it is asked for by name. */
const LONG = ['allot.10m'];

const RESULTS = path.join(path.dirname(fileURLToPath(import.meta.url)), 'results.json');

const number = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });

function print(lines: readonly Line[]) {
  const cells = lines.map(({ path, value, yardstick, ratio, goal, met }) => [
    path,
    number.format(value),
    yardstick === null ? '' : number.format(yardstick),
    ratio === null ? '' : ratio.toFixed(2),
    goal,
    met ? 'met' : 'NOT MET',
  ]);
  const rows = [['path', 'value', 'yardstick', 'ratio', 'goal', ''], ...cells];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows) {
    console.log(
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column >= 1 && column <= 3 ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    );
  }
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(1);
}
const lines: Line[] = [];
for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
  if (asked.length > 0 ? !asked.includes(name) : LONG.includes(name)) continue;
  console.log(name);
  lines.push(...(await benchmark((line) => console.log(`  ${line}`))));
}
console.log();
print(lines);
writeFileSync(RESULTS, `${JSON.stringify(lines, null, 2)}\n`);
process.exitCode = lines.every(({ met }) => met) ? 0 : 1;
