/** Bytes, hex and texts of the draw. Texts are hashed as UTF-8; hex is lower case. */
import { sha256 } from './sha256';

const utf8 = new TextEncoder();

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Throws a RangeError when the text is not lower-case hex of whole bytes. */
export function fromHex(hex: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/.test(hex)) throw new RangeError('Not lower-case hex.');
  const bytes = new Uint8Array(hex.length / 2);
  writeHex(hex, bytes, 0);
  return bytes;
}

/** Writes hex that is known to be right into `bytes` from `at` on: the draw does this for each applicant. */
export function writeHex(hex: string, bytes: Uint8Array, at: number): void {
  for (let n = 0; n < hex.length; n += 2) {
    bytes[at + n / 2] = digit(hex.charCodeAt(n)) * 16 + digit(hex.charCodeAt(n + 1));
  }
}

const digit = (code: number): number => (code < 58 ? code - 48 : code - 87);

/** SHA-256 of a text's UTF-8 bytes, as hex. */
export const sha256Hex = (text: string): string => toHex(sha256(utf8.encode(text)));
