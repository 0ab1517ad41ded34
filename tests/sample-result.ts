/** A result as the site publishes it: oversubscribed, so that the draw counts. */
import { pseudonym } from '../lib/domain/allotment/applicants';
import { BEACONS } from '../lib/domain/allotment/beacon';
import type { AllotmentMethod } from '../lib/domain/allotment/model';
import { publishResult } from '../lib/domain/allotment/publish';
import type { ResultFile } from '../lib/domain/allotment/result-file';
import { commitmentOf, type SeedPart } from '../lib/domain/allotment/seed';

const OFFERING = 'autumn-japan';
const SECRETS = { US: '0a'.repeat(32), JP: '0b'.repeat(32) };

export function sampleResult(
  method: AllotmentMethod = 'QUANTITY_CEILING',
  absent: 'US' | 'JP' | null = null,
): ResultFile {
  const terms = {
    offering: OFFERING,
    method,
    lotUnits: 100n,
    offeredUnits: 9_000n,
    upsizeUnits: 500n,
    revealBy: new Date('2026-11-21T06:00:00.000Z'),
    beacon: 'wakachi-simulated',
  } as const;
  const applicants = Array.from({ length: 40 }, (_, n) => ({
    id: pseudonym(new Uint8Array(32), BigInt(n)),
    units: BigInt(1 + (n % 9)) * 100n,
  }));
  const parts = (['US', 'JP'] as const).map(
    (side): SeedPart => ({
      side,
      commitment: commitmentOf(OFFERING, side, SECRETS[side]),
      secret: side === absent ? null : SECRETS[side],
    }),
  );
  const { pulseAfter, valueAt } = BEACONS[terms.beacon];
  return publishResult(terms, applicants, parts, valueAt?.(pulseAfter(terms.revealBy)) ?? '');
}

/** A copy of a result with one thing changed. */
export function tampered(change: (file: ResultFile) => void, file = sampleResult()): ResultFile {
  const copy = structuredClone(file);
  change(copy);
  return copy;
}
