/** What a benchmark says: one line of the table and of bench/results.json. */
export type Line = {
  /** The hot path, as the design names it: `order.core`, with what it is held against where there are several. */
  path: string;
  /** Ours: a rate a second, or the measure that `path` names. */
  value: number;
  /** What it is held against in the same run; null where the goal is absolute. */
  yardstick: number | null;
  /** value ÷ yardstick: the median over the rounds of each round's own. */
  ratio: number | null;
  goal: string;
  met: boolean;
};

/** A benchmark prepares what it needs, measures in rounds, and leaves nothing behind. `say` shows progress. */
export type Benchmark = (say: (line: string) => void) => Promise<Line[]>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[(sorted.length - 1) >> 1], sorted[middle]];
  return (low + high) / 2;
}

/** The value below which `share` of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Rates of each round side by side: absolute figures wander on a shared machine, ratios within a round do not. */
export function medianRatio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
}

/** A line whose goal is `ratio ≥ least`. */
export function atLeast(path: string, ours: number[], theirs: number[], least: number, unit: string): Line {
  const ratio = medianRatio(ours, theirs);
  return {
    path,
    value: median(ours),
    yardstick: median(theirs),
    ratio,
    goal: `≥ ${least} ${unit}`,
    met: ratio >= least,
  };
}
