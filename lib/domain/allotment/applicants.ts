/**
 * From subscriptions to applicants. Several subscriptions of one person are one applicant (名寄せ), and what they ask together counts up to the
 * room that the cap on a person leaves beside what they hold already, as MAS counts what is "applied within limits".
 */
import { floorToStep } from '../money/rounding';
import { toHex } from './bytes';
import type { Applicant } from './model';
import { sha256 } from './sha256';

export type PersonCap = {
  lotUnits: bigint;
  maxUnits: bigint;
  /** Units that count against the cap already, by person. */
  heldUnits?: ReadonlyMap<string, bigint>;
};

/** One applicant a person, by ascending id. Who has no room for a lot is listed with 0 units: they see why they got nothing. */
export function applicantsOf(
  subscriptions: readonly Applicant[],
  { lotUnits, maxUnits, heldUnits }: PersonCap,
): Applicant[] {
  const asked = new Map<string, bigint>();
  for (const { id, units } of subscriptions) asked.set(id, (asked.get(id) ?? 0n) + units);
  return [...asked]
    .map(([id, units]) => {
      const room = maxUnits - (heldUnits?.get(id) ?? 0n);
      // Down to the lot: a cap is never passed.
      const most = room > 0n ? floorToStep(room, lotUnits) : 0n;
      return { id, units: units < most ? units : most };
    })
    .sort(byId);
}

export const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * The number under which a person stands in an offering's list: the first 16 bytes, as hex, of SHA-256(salt ‖ person), where the salt is the
 * offering's own 32 secret bytes and the person 8 bytes, the most significant first. In SQL: `substr(sha256(salt || int8send(id)), 1, 16)`.
 * Without the salt nobody can try out persons; two offerings' lists cannot be joined. 16 bytes keep a ticket's hash within one block.
 */
export function pseudonym(salt: Uint8Array, person: bigint): string {
  const message = new Uint8Array(salt.length + 8);
  message.set(salt);
  new DataView(message.buffer).setBigInt64(salt.length, person);
  return toHex(sha256(message).subarray(0, 16));
}
