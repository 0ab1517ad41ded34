import type { ResultView } from '@/db/queries/results';
import { BEACON_SOURCES } from '@/lib/domain/allotment/beacon';
import { ALLOTMENT_METHODS } from '@/lib/domain/allotment/model';
import { RESULT_FORMAT, type ResultHead } from '@/lib/domain/allotment/result-file';

/** The result file up to its first applicant, as the run recorded it: nothing is computed here. Null while there is no result. */
export function resultHead(result: ResultView, outcomeSha256: string): ResultHead | null {
  const { list, outcome } = result;
  const method = ALLOTMENT_METHODS.find((one) => one === result.method);
  if (!list || !outcome || !method || !BEACON_SOURCES.some((one) => one === list.beacon)) return null;
  return {
    format: RESULT_FORMAT,
    ruleVersion: outcome.ruleVersion,
    offering: {
      slug: result.slug,
      method,
      lotUnits: String(result.lotUnits),
      offeredUnits: String(result.offeredUnits),
      upsizeUnits: String(result.upsizeUnits),
    },
    draw: {
      listSha256: outcome.seedParts.listSha256,
      revealBy: list.revealBy.toISOString(),
      parts: outcome.seedParts.parts,
      beacon: outcome.seedParts.pulse,
      seed: outcome.seed,
    },
    figures: outcome.figures,
    outcomeSha256,
  };
}
