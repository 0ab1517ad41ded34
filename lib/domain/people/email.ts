/** An e-mail address as it is kept: width folded (＠ becomes @), lower case, ASCII alone, so that no two accounts can look the same. */
import { findIdentityNumber } from './identity-numbers';
import { foldText, hasUnseenCharacters } from './text';

const MAX_LENGTH = 254;
const LOCAL = /^[a-z0-9!#$%&'*+=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+=?^_`{|}~-]+)*$/;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

export type EmailFault = 'empty' | 'too-long' | 'unseen' | 'look-alike' | 'form' | 'identity-number';

export function parseEmail(raw: string): { ok: true; email: string } | { ok: false; fault: EmailFault } {
  if (raw.length > 4 * MAX_LENGTH) return { ok: false, fault: 'too-long' };
  if (hasUnseenCharacters(raw)) return { ok: false, fault: 'unseen' };
  const folded = foldText(raw);
  if (folded === '') return { ok: false, fault: 'empty' };
  if (folded.length > MAX_LENGTH) return { ok: false, fault: 'too-long' };
  // Letters of another script can be told from ASCII ones by no one (аdmin with a Cyrillic а).
  if (/[^ -~]/.test(folded)) return { ok: false, fault: 'look-alike' };
  const email = folded.toLowerCase();
  const [local = '', domain = '', ...rest] = email.split('@');
  if (rest.length > 0 || local.length > 64 || !LOCAL.test(local) || !DOMAIN.test(domain)) {
    return { ok: false, fault: 'form' };
  }
  if (findIdentityNumber(email)) return { ok: false, fault: 'identity-number' };
  return { ok: true, email };
}
