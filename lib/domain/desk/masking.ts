/**
 * What the support desk sees of a person: enough to know that it is the one who called, not enough to carry away. A mask never says how long what
 * it hides is, and never shows more than it names here.
 */
const HIDDEN = '•••';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The first thing that a reader would call a letter; a short text is hidden whole, since its first letter would be much of it. */
function first(text: string): string {
  const letters = [...graphemes.segment(text)];
  return letters.length > 1 ? (letters[0]?.segment ?? '') : '';
}

/** e•••@example.com: the domain says where to write to, not to whom. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? HIDDEN : `${first(email.slice(0, at))}${HIDDEN}${email.slice(at)}`;
}

/** One letter of each name stays; a name of one letter is hidden whole. */
export const maskName = (name: string): string => `${first(name.trim())}${HIDDEN}`;

/** The year alone. */
export const maskBirthDate = (isoDate: string): string => isoDate.slice(0, 4);

/** The first part of a postal code is a district; the rest would be a street. */
export function maskPostalCode(code: string): string {
  return `${[...code].slice(0, 3).join('')}${HIDDEN}`;
}
