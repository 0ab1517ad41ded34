/**
 * Recomputes an allotment from its result file and says what matches, or where the file first differs from what the rules give. The same code
 * runs in the browser, behind "Check this draw", and in `npm run draw:verify`.
 */
import { COUNTRIES } from '../states';
import { allot } from './allot';
import { type ListTerms, listSha256, outcomeSha256 } from './applicant-list';
import { byId } from './applicants';
import { BEACONS } from './beacon';
import { figuresOf } from './figures';
import { type Applicant, RULE_VERSION } from './model';
import { type FiguresJson, figuresJson, type ResultFile } from './result-file';
import { commitmentOf, seedOf } from './seed';

/** What is checked, in this order. After a rule version that is not ours, or a list that no rule can take, the rest cannot be computed. */
export const DRAW_CHECKS = [
  'rules',
  'applicants',
  'list',
  'commitments',
  'beacon',
  'seed',
  'outcome',
  'figures',
] as const;
export type DrawCheckId = (typeof DRAW_CHECKS)[number];

export type Difference = {
  /** An applicant, a side, or a field of the file. */
  at: string;
  stated: string;
  recomputed: string;
  /** How many more differ in the same way. */
  others: number;
};
export type DrawCheck = { id: DrawCheckId; difference: Difference | null };

const compare = (at: string, stated: string, recomputed: string): Difference | null =>
  stated === recomputed ? null : { at, stated, recomputed, others: 0 };

/** One check at a time, so that whoever asks can show how far it is. A file matches if each of DRAW_CHECKS came, without a difference. */
export function* checkDraw(file: ResultFile): Generator<DrawCheck, void> {
  const version = compare('ruleVersion', String(file.ruleVersion), String(RULE_VERSION));
  yield { id: 'rules', difference: version };
  if (version) return;

  const rows = file.applicants
    .map(([id, asked, allotted]) => ({ id, units: BigInt(asked), allotted: BigInt(allotted) }))
    .sort(byId);
  const terms = termsOf(file);
  const impossible = impossibleRow(terms, rows);
  yield { id: 'applicants', difference: impossible };
  if (impossible) return;

  const list = listSha256(terms, rows);
  yield { id: 'list', difference: compare('listSha256', file.draw.listSha256, list) };
  yield { id: 'commitments', difference: wrongCommitment(file) };
  const beacon = wrongPulse(file, terms);
  yield { id: 'beacon', difference: beacon };

  const { source, at, value } = file.draw.beacon;
  const pulse = { source, at: new Date(at), value };
  const seed = seedOf({ offering: terms.offering, listSha256: list, parts: file.draw.parts, pulse });
  yield { id: 'seed', difference: compare('seed', file.draw.seed, seed) };

  // With the seed as it was recomputed: the outcome of a seed that somebody chose proves nothing.
  const allotment = allot(terms, rows, seed);
  const outcome = outcomeSha256(rows, allotment.units);
  yield {
    id: 'outcome',
    difference: wrongUnits(rows, allotment.units) ?? compare('outcomeSha256', file.outcomeSha256, outcome),
  };
  yield { id: 'figures', difference: wrongFigure(file.figures, figuresJson(figuresOf(terms, rows, allotment))) };
}

export function termsOf({ offering, draw }: ResultFile): ListTerms {
  return {
    offering: offering.slug,
    method: offering.method,
    lotUnits: BigInt(offering.lotUnits),
    offeredUnits: BigInt(offering.offeredUnits),
    upsizeUnits: BigInt(offering.upsizeUnits),
    revealBy: new Date(draw.revealBy),
    beacon: draw.beacon.source,
  };
}

type Row = Applicant & { allotted: bigint };

/** Rows are by ascending id: two of one applicant are neighbours. */
function impossibleRow({ lotUnits }: ListTerms, rows: readonly Row[]): Difference | null {
  for (const [n, { id, units }] of rows.entries()) {
    if (rows[n - 1]?.id === id) return { at: id, stated: '2', recomputed: '1', others: 0 };
    const whole = units - (units % lotUnits);
    if (units !== whole) return { at: id, stated: String(units), recomputed: String(whole), others: 0 };
  }
  return null;
}

/** One part of each side; and a secret is the one that was committed to, or it does not count. */
function wrongCommitment({ offering, draw }: ResultFile): Difference | null {
  const sides = draw.parts.map(({ side }) => side).sort();
  const wrong = compare('parts', sides.join(' '), [...COUNTRIES].sort().join(' '));
  if (wrong) return wrong;
  for (const { side, commitment, secret } of draw.parts) {
    if (secret === null) continue;
    const difference = compare(side, commitment ?? '-', commitmentOf(offering.slug, side, secret));
    if (difference) return difference;
  }
  return null;
}

/** The pulse is the one that the terms fix, and its value what the beacon gave, where that can be computed. */
function wrongPulse({ draw }: ResultFile, { revealBy }: ListTerms): Difference | null {
  const { source, at, value } = draw.beacon;
  const { pulseAfter, valueAt } = BEACONS[source];
  const due = pulseAfter(revealBy);
  return compare('at', at, due.toISOString()) ?? (valueAt ? compare('value', value, valueAt(due)) : null);
}

function wrongUnits(rows: readonly Row[], units: readonly bigint[]): Difference | null {
  let first: Difference | null = null;
  for (const [n, { id, allotted }] of rows.entries()) {
    if (allotted === units[n]) continue;
    if (first) first.others += 1;
    else first = { at: id, stated: String(allotted), recomputed: String(units[n]), others: 0 };
  }
  return first;
}

function wrongFigure(stated: FiguresJson, recomputed: FiguresJson): Difference | null {
  const text = (value: unknown) => (typeof value === 'object' && value ? JSON.stringify(value) : String(value));
  for (const key of Object.keys(recomputed) as (keyof FiguresJson)[]) {
    if (key === 'sizes') continue;
    const difference = compare(key, text(stated[key]), text(recomputed[key]));
    if (difference) return difference;
  }
  const sizes = Math.max(stated.sizes.length, recomputed.sizes.length);
  for (let n = 0; n < sizes; n += 1) {
    const [a, b] = [bandText(stated.sizes[n]), bandText(recomputed.sizes[n])];
    const difference = compare(`sizes.${n}`, a, b);
    if (difference) return difference;
  }
  return null;
}

const bandText = (band: FiguresJson['sizes'][number] | undefined): string =>
  band
    ? `${band.toUnits}: ${band.applicants}, ${band.askedUnits}, ${band.allottedUnits}, ${band.full}, ${band.part}, ${band.none}`
    : '-';
