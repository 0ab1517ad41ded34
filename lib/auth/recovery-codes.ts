/** Recovery codes: shown once when they are made; what is kept is a keyed hash. */
import { randomBytes } from 'node:crypto';
import { formatRecoveryCode, RECOVERY_CODES } from '@/lib/domain/people/factors';
import { keyedHash } from '@/lib/sealed';

/** 80 bits each: nobody guesses one, so that a fast hash is enough. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => formatRecoveryCode(randomBytes(16)));

/** Of the signs alone, without hyphens. */
export const recoveryHash = (userId: bigint, code: string): string =>
  keyedHash('recovery code', userId, code).toString('base64url');
