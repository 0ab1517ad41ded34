/** A person's name as each country writes it: family and given name, and for residents of Japan their reading in katakana. */
import { foldText, HYPHENS, parseText, type TextFault } from './text';

export const NAME_MAX = 50;

export type NameFault = TextFault | 'not-kana';
type Parsed = { ok: true; text: string } | { ok: false; fault: NameFault };

/** A name part in any script. 髙 stays 髙; ﾀﾅｶ becomes タナカ. */
export const parseName = (raw: string): Parsed => parseText(raw, 'name', NAME_MAX);

/**
 * The reading of a name. Hiragana and half-width kana are taken and kept as full-width katakana; hyphens typed for the long
 * vowel become ー. `ー` and `・` are of the common script, so they are named beside \p{sc=Katakana}.
 */
export function parseKana(raw: string): Parsed {
  const parsed = parseText(raw, 'name', NAME_MAX);
  if (!parsed.ok) return parsed;
  const kana = foldText(parsed.text)
    .replace(/[\u3041-\u3096]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60))
    .replace(HYPHENS, 'ー')
    .replace(/(?<=\p{sc=Katakana})-/gu, 'ー');
  return /^[\p{sc=Katakana}ー・ ]+$/u.test(kana) && /\p{sc=Katakana}/u.test(kana)
    ? { ok: true, text: kana }
    : { ok: false, fault: 'not-kana' };
}

/** The name in the order of its own script: 山田 太郎, Jane Doe. A Latin name keeps its order in Japan too. */
export function fullName(familyName: string, givenName: string): string {
  return /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(familyName)
    ? `${familyName} ${givenName}`
    : `${givenName} ${familyName}`;
}
