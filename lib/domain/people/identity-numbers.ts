/**
 * Real identity numbers have no place in a simulation: what looks like one is refused wherever it is typed, and never stored or logged
 * (DOMAIN §3). US: SSN and ITIN as nine digits in the ranges that are issued. Japan: マイナンバー, twelve digits with a right check digit.
 */
export type IdentityNumber = 'ssn' | 'my-number';

const SEPARATOR = '[\\s.,_\\u002D\\u2010-\\u2015\\u2212\\u30FC\\uFF0D\\uFF70・･/]{0,3}';
const NINE = new RegExp(`(?<![0-9])([0-9]{3})(${SEPARATOR})([0-9]{2})(${SEPARATOR})([0-9]{4})(?![0-9])`, 'gu');
const TWELVE = new RegExp(`(?<![0-9])([0-9]{4})${SEPARATOR}([0-9]{4})${SEPARATOR}([0-9]{4})(?![0-9])`, 'gu');

/** Decimal digits of every script, and circled or full-width forms, as ASCII digits; everything else unchanged. */
function asciiDigits(text: string): string {
  return text
    .replace(/[\p{No}\p{Nd}]/gu, (c) => c.normalize('NFKC'))
    .replace(/\p{Nd}/gu, (c) => {
      if (c >= '0' && c <= '9') return c;
      // Digits of a script stand in a row of ten that starts at a code point where the one before is no digit.
      const code = c.codePointAt(0) ?? 0;
      let value = 0;
      while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
      return String(value);
    });
}

export function findIdentityNumber(text: string): IdentityNumber | undefined {
  const digits = asciiDigits(text);
  for (const [, area = '', first, group = '', second, serial = ''] of digits.matchAll(NINE)) {
    // 3-2-4 or nine digits in a row; 5-4 is a ZIP code and not meant.
    if ((first === '') === (second === '') && isIssuedSsn(area, group, serial)) return 'ssn';
  }
  for (const [, a = '', b = '', c = ''] of digits.matchAll(TWELVE)) {
    if (isMyNumber(a + b + c)) return 'my-number';
  }
  return undefined;
}

/** Areas 000 and 666, group 00 and serial 0000 were never issued; 9xx is issued as an ITIN for groups 50–65, 70–88, 90–92 and 94–99. */
function isIssuedSsn(area: string, group: string, serial: string): boolean {
  if (area === '000' || area === '666' || group === '00' || serial === '0000') return false;
  if (area[0] !== '9') return true;
  const g = Number(group);
  return (g >= 50 && g <= 65) || (g >= 70 && g <= 88) || (g >= 90 && g <= 92) || g >= 94;
}

/** The check digit of the 個人番号: ordinance no. 85 of 2014 of the Ministry of Internal Affairs and Communications, article 5. */
export function isMyNumber(digits: string): boolean {
  if (!/^[0-9]{12}$/.test(digits)) return false;
  let sum = 0;
  for (let n = 1; n <= 11; n += 1) sum += Number(digits[11 - n]) * (n <= 6 ? n + 1 : n - 5);
  const remainder = sum % 11;
  return Number(digits[11]) === (remainder <= 1 ? 0 : 11 - remainder);
}
