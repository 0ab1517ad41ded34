/** Numbers and keys that look drawn and are the same on every machine. */
import { createHash } from 'node:crypto';

const digest = (name: string): Buffer => createHash('sha256').update(`wakachi seed ${name}`).digest();

/** An idempotency key that belongs to a name. */
export function keyOf(name: string): string {
  const hex = digest(name).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** One of a list, by name. */
export function pick<T>(list: readonly T[], name: string): T {
  const chosen = list[digest(name).readUInt32BE(0) % list.length];
  if (chosen === undefined) throw new Error('There is nothing to pick from.');
  return chosen;
}
