/**
 * The draw: tickets in the order of SHA-256(seed ‖ applicant ‖ ticket), smallest first (docs/decisions/0011-recomputable-draw.md).
 *
 *   seed       32 bytes
 *   applicant  16 bytes, the pseudonym
 *   ticket     4 bytes, unsigned, the most significant first; 0 is a person's only ticket, 1, 2, … are further ones
 *
 * Digests compare byte by byte as unsigned, as Postgres compares bytea: `order by sha256(seed || applicant || int4send(ticket))` gives the same
 * order. Equal digests, which nobody has ever seen, fall back on the applicant and then on the ticket's number.
 */
import { fromHex, toHex, writeHex } from './bytes';
import type { Applicant, DrawFirst } from './model';
import { blockHasher, sha256 } from './sha256';

const SEED_BYTES = 32;
const ID_BYTES = 16;
const KEY_BYTES = SEED_BYTES + ID_BYTES + 4;

/** A draw among the applicants' tickets under a seed of 64 hex digits. What it picks does not depend on the order of the applicants (A5). */
export function drawAmong(applicants: readonly Applicant[], seed: string): DrawFirst {
  const seedBytes = fromHex(seed);
  if (seedBytes.length !== SEED_BYTES) throw new RangeError('A seed has 32 bytes.');
  return (owners, take, numbers) => {
    if (take > owners.length) throw new RangeError('There are fewer tickets than are to be drawn.');
    if (take === 0) return new Uint32Array(0);
    const heads = headsOf(applicants, seedBytes, owners, numbers);
    // Heads are enough to tell nearly all tickets apart; sorting plain numbers is what makes a million of them quick.
    const last = Float64Array.from(heads).sort()[take - 1] as number;
    const winners = new Uint32Array(take);
    const tied: number[] = [];
    let count = 0;
    for (let n = 0; n < heads.length; n += 1) {
      if ((heads[n] as number) < last) {
        winners[count] = n;
        count += 1;
      } else if (heads[n] === last) {
        tied.push(n);
      }
    }
    const key = (n: number) => orderKey(seed, (applicants[owners[n] as number] as Applicant).id, numbers?.[n] ?? 0);
    if (tied.length > take - count) tied.sort((a, b) => (key(a) < key(b) ? -1 : 1));
    winners.set(tied.slice(0, take - count), count);
    return winners;
  };
}

/** The digest of one ticket as hex, followed by what equal digests fall back on: keys compare as texts. */
export function orderKey(seed: string, id: string, ticket = 0): string {
  const number = ticket.toString(16).padStart(8, '0');
  return toHex(sha256(fromHex(seed + id + number))) + id + number;
}

/** The first six bytes of each ticket's digest. */
function headsOf(
  applicants: readonly Applicant[],
  seed: Uint8Array,
  owners: Uint32Array,
  numbers: Uint32Array | undefined,
): Float64Array {
  const { message, head } = blockHasher(KEY_BYTES);
  message.set(seed);
  const ticketNumber = new DataView(message.buffer, message.byteOffset + SEED_BYTES + ID_BYTES, 4);
  const heads = new Float64Array(owners.length);
  for (let n = 0; n < owners.length; n += 1) {
    writeHex((applicants[owners[n] as number] as Applicant).id, message, SEED_BYTES);
    if (numbers) ticketNumber.setUint32(0, numbers[n] as number);
    heads[n] = head();
  }
  return heads;
}
