/**
 * Secrets at rest. Each purpose has a key of its own, derived from AUTH_SECRET (HKDF, RFC 5869), so that a copy of the database opens none of
 * them, and what was sealed for one purpose or person opens as nothing else.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { required } from './env';

type Purpose = 'totp secret' | 'recovery code' | 'passkey owner';

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const keyOf = (purpose: Purpose): Buffer =>
  Buffer.from(hkdfSync('sha256', required('AUTH_SECRET'), '', `wakachi ${purpose}`, 32));

/** AES-256-GCM. `owner` is whose secret it is: a row that was moved to somebody else does not open. */
export function seal(purpose: Purpose, owner: bigint, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(purpose), nonce);
  cipher.setAAD(Buffer.from(String(owner)));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
}

/** Throws when it was altered, belongs to somebody else, or was sealed under another AUTH_SECRET. */
export function unseal(purpose: Purpose, owner: bigint, sealed: string): string {
  const [version, text = ''] = sealed.split('.');
  if (version !== VERSION) throw new Error(`A secret is sealed in a way that this build does not know: ${version}.`);
  const bytes = Buffer.from(text, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(purpose), bytes.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(String(owner)));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

/** A keyed hash (HMAC-SHA-256) of something of a person's: the same each time, and to nobody without the key. */
export const keyedHash = (purpose: Purpose, owner: bigint, text: string): Buffer =>
  createHmac('sha256', keyOf(purpose)).update(`${owner}\0${text}`).digest();
