/** Which passwords are taken: long enough, not one that everybody tries, not the address itself. No rules about kinds of characters. */
import { COMMON_PASSWORDS, COMMON_STEMS } from './common-passwords';

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 256;

export type PasswordFault = 'empty' | 'too-short' | 'too-long' | 'common' | 'like-email';

/** One form for one password, whichever keyboard typed it (NIST SP 800-63B-4 §3.1.1.2); spaces count and stay. */
export const normalisePassword = (password: string): string => password.normalize('NFKC');

/** Cheap and before any hashing or normalising: a megabyte of password is refused by its length alone. */
export const isOverlongPassword = (password: string): boolean => password.length > 4 * PASSWORD_MAX;

export function checkPassword(raw: string, email: string): PasswordFault | undefined {
  if (raw === '') return 'empty';
  if (isOverlongPassword(raw)) return 'too-long';
  const password = normalisePassword(raw);
  const length = [...password].length;
  if (length < PASSWORD_MIN) return 'too-short';
  if (length > PASSWORD_MAX) return 'too-long';
  const lower = password.toLowerCase();
  const local = email.split('@')[0] ?? '';
  if (
    lower === email ||
    (local.length >= 5 && lower.replace(/[^\p{L}]/gu, '') === local.replace(/[^\p{L}]/gu, '') && lower.includes(local))
  ) {
    return 'like-email';
  }
  if (isCommon(lower)) return 'common';
  return undefined;
}

function isCommon(lower: string): boolean {
  const plain = lower.replace(/[\s._-]/g, '');
  if (plain === '' || COMMON_PASSWORDS.has(plain) || isRepeated(plain) || isSequence(plain)) return true;
  // "Password2026!" is the stem with what a rule about digits and signs made people add.
  const letters = unleet(plain).replace(/[^\p{L}]/gu, '');
  return [...COMMON_STEMS].some((stem) => letters === stem || letters === stem + stem);
}

/** p4ssw0rd reads as password; trailing digits and signs are then dropped as not being letters. */
function unleet(text: string): string {
  const core = text.replace(/[\d\W_]+$/u, '');
  return core
    .replace(/0/g, 'o')
    .replace(/[1!|]/g, 'i')
    .replace(/3/g, 'e')
    .replace(/[4@]/g, 'a')
    .replace(/[5$]/g, 's')
    .replace(/7/g, 't');
}

/** One to four characters over and over: aaaaaaaaaa, 1212121212, abcdabcdabcd. */
const isRepeated = (text: string): boolean => /^(.{1,4}?)\1{2,}.{0,3}$/u.test(text) && new Set(text).size <= 4;

/** Every character is the one before plus or minus one: 1234567890, abcdefghijk, 0987654321. */
function isSequence(text: string): boolean {
  const codes = [...text].map((c) => c.codePointAt(0) ?? 0);
  return [1, -1].some((step) =>
    codes.every((code, i) => {
      const before = codes[i - 1];
      return (
        before === undefined ||
        code === before + step ||
        (before === 0x39 && code === 0x30) ||
        (before === 0x30 && code === 0x39)
      );
    }),
  );
}
