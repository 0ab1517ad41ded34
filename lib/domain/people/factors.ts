/** The second step of signing in (TRUST, sign-in): who has to do it, what of it counts, and what a typed code reads as. */
import type { Role } from '../states';
import { foldText, HYPHENS } from './text';

/**
 * NONE: nothing more is asked. ENROL: staff without a factor, who can set one up and nothing else. WAITING: the session opens nothing until the
 * step is done. DONE: it was done in this session.
 */
export const SECOND_STEPS = ['NONE', 'ENROL', 'WAITING', 'DONE'] as const;
export type SecondStep = (typeof SECOND_STEPS)[number];

/** Staff always have a second step; citizens who have set one up. `age` is how many seconds ago it was done in this session, null if never. */
export function secondStepOf(account: { role: Role; hasFactor: boolean; age: number | null }): SecondStep {
  if (account.role === 'CITIZEN' && !account.hasFactor) return 'NONE';
  if (account.age !== null) return 'DONE';
  return account.hasFactor ? 'WAITING' : 'ENROL';
}

/** A session opens pages when nothing more is asked of it. */
export const isComplete = (step: SecondStep): boolean => step === 'NONE' || step === 'DONE';

/** Signing, and changing factors, ask again when the second step lies further back. sign_proposal holds the same line. */
export const FRESH_SECONDS = 5 * 60;
export const isFresh = (age: number | null): boolean => age !== null && age >= 0 && age <= FRESH_SECONDS;

/** How long the secret of an authenticator app is shown before it has to be asked for anew. */
export const TOTP_SETUP_MINUTES = 15;
/** How long an authenticator has to answer. */
export const CHALLENGE_SECONDS = 5 * 60;
export const RECOVERY_CODES = 10;
export const PASSKEY_NAME_MAX = 40;
/** More than anybody has; a bound for lists and for authenticators that are named to a browser. */
export const PASSKEYS_MAX = 20;

/** Letters and digits that are not taken for one another when they are read or heard: no I, O, 0, 1. */
export const RECOVERY_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const RECOVERY_LENGTH = 16;

/** Five bits of each byte choose a sign; in groups of four. */
export function formatRecoveryCode(bytes: Uint8Array): string {
  const signs = [...bytes.slice(0, RECOVERY_LENGTH)].map((byte) => RECOVERY_ALPHABET[byte % 32] ?? '').join('');
  return inGroups(signs, '-');
}

export const inGroups = (text: string, between: string): string => (text.match(/.{1,4}/g) ?? []).join(between);

const bare = (text: string): string => foldText(text).replace(HYPHENS, '').replace(/[\s-]/g, '').toUpperCase();

/** Six digits, in whatever width and with whatever spaces they were typed; null for anything else. */
export function parseTotpCode(typed: string): string | null {
  const code = bare(typed.slice(0, 40));
  return /^\d{6}$/.test(code) ? code : null;
}

/** The signs alone, in capitals; null for what no recovery code looks like. */
export function parseRecoveryCode(typed: string): string | null {
  const code = bare(typed.slice(0, 80));
  return code.length === RECOVERY_LENGTH && [...code].every((sign) => RECOVERY_ALPHABET.includes(sign)) ? code : null;
}
