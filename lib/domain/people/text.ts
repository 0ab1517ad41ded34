/**
 * What may stand in a line of text that a person types (TRUST, "Text"). Width is folded, but kanji are never normalised: NFC and NFKC
 * turn some compatibility ideographs into other characters, and 髙 in a name is not 高.
 */
import type { IdentityNumber } from './identity-numbers';
import { findIdentityNumber } from './identity-numbers';

/** Full-width ASCII to ASCII, half-width kana to full-width, ideographic space to space; spaces at the ends and doubled ones go. */
export function foldText(text: string): string {
  return foldWidth(text).replace(/ {2,}/g, ' ').replace(/^ | $/g, '');
}

export function foldWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\uFF61-\uFF9F]+/g, (run) => run.normalize('NFKC'))
    .replace(/[\u3000\u00A0]/g, ' ')
    .replace(/[\p{sc=Latin}\p{sc=Katakana}\p{sc=Hiragana}][\p{M}]+/gu, (run) => run.normalize('NFC'));
}

/** Hyphens, dashes and minus signs that keyboards of both countries produce; NFKC leaves most of them alone. */
export const HYPHENS = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D\u30FC\uFF70]/g;

/** Control, bidirectional, zero-width and other characters that cannot be seen: they make two texts look like one. */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u2800\u3164\uFFA0]|\u034F|\u17B4|\u17B5|[\uFE00-\uFE0F]/u;
/** An ideographic variation selector belongs to the kanji before it (葛󠄀), and only there. */
const STRAY_SELECTOR = /(?<!\p{sc=Han})[\u{E0100}-\u{E01EF}]/u;

export const hasUnseenCharacters = (text: string): boolean => UNSEEN.test(text) || STRAY_SELECTOR.test(text);

/** Length in characters as a person counts them, near enough: code points. */
export const lengthOf = (text: string): number => [...text].length;

export type TextFault = 'empty' | 'too-long' | 'unseen' | 'characters' | IdentityNumber;

export type TextKind = 'name' | 'address' | 'message';

const ALLOWED: Record<TextKind, RegExp> = {
  name: /^[\p{L}\p{M} .'’・ー々〆ヶ‐-]+$/u,
  address: /^[\p{L}\p{M}\p{N} .,'’・ー々〆ヶ‐–−#/&()、。:-]+$/u,
  // A message is prose: anything that can be seen. It is only ever shown as text.
  message: /./su,
};

/** The line as it is kept, or what is wrong with it. The fault never carries the text. */
export function parseText(
  raw: string,
  kind: TextKind,
  maxLength: number,
): { ok: true; text: string } | { ok: false; fault: TextFault } {
  // Long input is refused before any expression looks at it.
  if (raw.length > 4 * maxLength + 200) return { ok: false, fault: 'too-long' };
  const lines = kind === 'message' ? raw.replace(/\r\n?/g, '\n').split('\n') : [raw];
  if (lines.some(hasUnseenCharacters)) return { ok: false, fault: 'unseen' };
  const text = lines.map(foldText).join('\n').trim();
  if (text === '') return { ok: false, fault: 'empty' };
  if (lengthOf(text) > maxLength) return { ok: false, fault: 'too-long' };
  const number = findIdentityNumber(text);
  if (number) return { ok: false, fault: number };
  if (!ALLOWED[kind].test(text)) return { ok: false, fault: 'characters' };
  return { ok: true, text };
}
