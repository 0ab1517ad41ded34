import type { TestDatabase } from '../test-database';
import { LineProcess } from './line-process';

type Report = {
  acknowledged: string[];
  unknown: string[];
  reads: number;
  refused: number;
  unexpected: string[];
};

const works = (report: Report) => report.acknowledged.length > 0 && report.reads > 0;

/** `load.ts`, and what its reports say about a fault. */
export class Load extends LineProcess<Report> {
  constructor(database: TestDatabase) {
    super('db/faults/load.ts', [], database);
  }

  /** Waits until both pools do their work. */
  working() {
    return this.until(() => this.lines.some(works));
  }

  /** Waits until both pools do their work again after a fault at `since`. Returns how many milliseconds that took. */
  async back(since: number): Promise<number> {
    const refused = () => this.lines.findIndex((report) => report.at > since && report.refused > 0);
    await this.until(() => refused() >= 0);
    // The interval of the refusals may hold work from before the fault; the ones after it do not.
    const first = () => this.lines.slice(refused() + 1).find(works);
    await this.until(() => first() !== undefined);
    return (first()?.at ?? Number.NaN) - since;
  }

  total(field: 'acknowledged' | 'unknown' | 'unexpected'): string[] {
    return this.lines.flatMap((report) => report[field]);
  }
}
