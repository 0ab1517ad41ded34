/** A whole result file from what went in: what the site's batch must publish for the same offering, applicants, secrets and pulse. */
import { allot } from './allot';
import { type ListTerms, listSha256, outcomeSha256 } from './applicant-list';
import { BEACONS } from './beacon';
import { figuresOf } from './figures';
import { type Applicant, RULE_VERSION } from './model';
import { figuresJson, RESULT_FORMAT, type ResultFile } from './result-file';
import { type SeedPart, seedOf } from './seed';

/** `value` is what the beacon's pulse after the deadline said, as hex. */
export function publishResult(
  terms: ListTerms,
  applicants: readonly Applicant[],
  parts: readonly SeedPart[],
  value: string,
): ResultFile {
  const list = listSha256(terms, applicants);
  const pulse = { source: terms.beacon, at: BEACONS[terms.beacon].pulseAfter(terms.revealBy), value };
  const seed = seedOf({ offering: terms.offering, listSha256: list, parts, pulse });
  const allotment = allot(terms, applicants, seed);
  return {
    format: RESULT_FORMAT,
    ruleVersion: RULE_VERSION,
    offering: {
      slug: terms.offering,
      method: terms.method,
      lotUnits: String(terms.lotUnits),
      offeredUnits: String(terms.offeredUnits),
      upsizeUnits: String(terms.upsizeUnits),
    },
    draw: {
      listSha256: list,
      revealBy: terms.revealBy.toISOString(),
      parts: [...parts],
      beacon: { ...pulse, at: pulse.at.toISOString() },
      seed,
    },
    figures: figuresJson(figuresOf(terms, applicants, allotment)),
    outcomeSha256: outcomeSha256(applicants, allotment.units),
    applicants: applicants.map(({ id, units }, n) => [id, String(units), String(allotment.units[n])]),
  };
}
