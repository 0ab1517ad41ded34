/**
 * The list that is committed at the close, by the SHA-256 of this text: terms, then a line for each applicant, by ascending id. Every line ends
 * with a line feed; numbers are decimal, instants as Date.toISOString writes them (in SQL
 * `to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`). Anyone can check a list with sha256sum alone.
 *
 *   wakachi applicant list 1
 *   offering <slug>
 *   method <method>
 *   lot <units>
 *   offered <units>
 *   upsize <units>
 *   reveal by <instant>
 *   beacon <source> <instant>
 *   applicants <count>
 *   <id> <units>
 */
import { byId } from './applicants';
import { BEACONS, type BeaconSource } from './beacon';
import { sha256Hex } from './bytes';
import { type Applicant, RULE_VERSION, type Sale } from './model';

/** The terms that the list's hash fixes together with the applicants. */
export type ListTerms = Sale & { offering: string; revealBy: Date; beacon: BeaconSource };

export function listText(terms: ListTerms, applicants: readonly Applicant[]): string {
  const head = [
    `wakachi applicant list ${RULE_VERSION}`,
    `offering ${terms.offering}`,
    `method ${terms.method}`,
    `lot ${terms.lotUnits}`,
    `offered ${terms.offeredUnits}`,
    `upsize ${terms.upsizeUnits}`,
    `reveal by ${terms.revealBy.toISOString()}`,
    `beacon ${terms.beacon} ${BEACONS[terms.beacon].pulseAfter(terms.revealBy).toISOString()}`,
    `applicants ${applicants.length}`,
  ];
  const lines = [...applicants].sort(byId).map(({ id, units }) => `${id} ${units}`);
  return `${[...head, ...lines].join('\n')}\n`;
}

export const listSha256 = (terms: ListTerms, applicants: readonly Applicant[]): string =>
  sha256Hex(listText(terms, applicants));

/** What came out, as one hash: a line `<id> <units asked> <units allotted>` for each applicant, by ascending id. */
export function outcomeSha256(applicants: readonly Applicant[], units: readonly bigint[]): string {
  const rows = applicants.map(({ id, units: asked }, n) => ({ id, text: `${id} ${asked} ${units[n]}\n` }));
  return sha256Hex(
    `wakachi allotment ${RULE_VERSION}\n${rows
      .sort(byId)
      .map(({ text }) => text)
      .join('')}`,
  );
}
