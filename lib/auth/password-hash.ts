/** Passwords are kept as argon2id hashes (OWASP: 19 MiB, two passes, one lane). */
import { randomBytes } from 'node:crypto';
import { type Algorithm, hash, verify } from '@node-rs/argon2';
import { isOverlongPassword, normalisePassword } from '@/lib/domain/people/password';

// `Algorithm` is a const enum of the package's types; its value is written out because isolated modules cannot read it.
const ARGON2ID: Algorithm.Argon2id = 2;
const OPTIONS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(normalisePassword(password), OPTIONS);

let dummy: Promise<string> | undefined;

/**
 * Is it the password? Without a hash (no such account) the same work is done against a hash that nothing matches, so that the time taken
 * tells nobody which addresses are known.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  if (isOverlongPassword(password)) return false;
  dummy ??= hash(randomBytes(32), OPTIONS);
  const matches = await verify(passwordHash ?? (await dummy), normalisePassword(password), OPTIONS);
  return matches && passwordHash !== null;
}
