/** How a batch of a million is measured: in seconds, with the memory of this process, against the same rows written bare. */
import type { Sql } from '@/db/connect';
import { median } from './result';

const BARE_ROUNDS = 3;

export async function seconds(work: () => PromiseLike<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}

/** The most memory that this process holds, in MB. */
export function watchMemory() {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss() / 1_048_576);
  };
  const timer = setInterval(look, 20);
  return {
    stop: () => {
      look();
      clearInterval(timer);
      return peak;
    },
  };
}

/**
 * Rows that a run has left, to be written again: into a table like `like`, from sources that give them in the order of their key. How full its pages
 * are, LIKE does not copy. Rows that were there before the run are changed instead: by `updates`, one after the other, from a checkpoint on as the
 * run was.
 */
export type BareTable = { like: string; from: string[]; fill: number; updates?: string[] };

/** The seconds of each table, the median of some rounds, on one connection, whose temporary tables may be sources. */
export async function writeBare(
  sql: Sql,
  tables: readonly BareTable[],
  say: (line: string) => void,
  checkpoint: () => PromiseLike<unknown> = async () => {},
): Promise<number[]> {
  const rounds: number[][] = [];
  for (let round = 1; round <= BARE_ROUNDS; round += 1) {
    const times: number[] = [];
    for (const { like, from, fill, updates } of tables) {
      await sql.unsafe(`create table bare (like ${like} including all) with (fillfactor = ${fill})`);
      const inserted = await seconds(async () => {
        for (const source of from) await sql.unsafe(`insert into bare overriding system value select * from ${source}`);
      });
      if (updates) await checkpoint();
      const updated = await seconds(async () => {
        for (const update of updates ?? []) await sql.unsafe(`update bare set ${update}`);
      });
      times.push(updates ? updated : inserted);
      await sql.unsafe('drop table bare');
    }
    say(
      `bare: ${tables.map(({ like, updates }, n) => `${updates ? 'update ' : ''}${like} ${times[n]?.toFixed(2)} s`).join(', ')}`,
    );
    rounds.push(times);
  }
  return tables.map((_, n) => median(rounds.map((times) => times[n] ?? Number.NaN)));
}
