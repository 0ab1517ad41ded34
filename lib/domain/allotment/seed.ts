/**
 * The seed: neither side can choose it, and anyone can recompute it (docs/decisions/0011-recomputable-draw.md). Each side commits to a secret
 * before the window closes; the applicant list is committed at the close; then the secrets are revealed, until a deadline; and a pulse of a
 * public beacon from after that deadline is mixed in. A side that has not revealed by then adds its commitment alone.
 */
import type { Country } from '../states';
import type { Pulse } from './beacon';
import { sha256Hex } from './bytes';

/** Hex of 32 bytes each. `commitment` is null where a side made none before the close; `secret` where it was not revealed in time. */
export type SeedPart = { side: Country; commitment: string | null; secret: string | null };

export type SeedInputs = {
  offering: string;
  listSha256: string;
  /** One of each side. */
  parts: readonly SeedPart[];
  pulse: Pulse;
};

/**
 * What a side commits to, as hex: SHA-256 of the text below, which names the offering and the side, so that nobody can pass off another side's
 * commitment, or an earlier one, as their own. `secret` is 64 lower-case hex digits.
 */
export const commitmentOf = (offering: string, side: Country, secret: string): string =>
  sha256Hex(`wakachi draw commitment 1\noffering ${offering}\n${side} ${secret}\n`);

/** The text whose SHA-256 is the seed. Sides stand in alphabetical order; what a side did not give is a hyphen. */
export function seedText({ offering, listSha256, parts, pulse }: SeedInputs): string {
  const sides = [...parts].sort((a, b) => (a.side < b.side ? -1 : 1));
  return [
    'wakachi draw seed 1',
    `offering ${offering}`,
    `list ${listSha256}`,
    ...sides.map(({ side, commitment, secret }) => `${side} ${commitment ?? '-'} ${secret ?? '-'}`),
    `beacon ${pulse.source} ${pulse.at.toISOString()} ${pulse.value}`,
    '',
  ].join('\n');
}

export const seedOf = (inputs: SeedInputs): string => sha256Hex(seedText(inputs));
