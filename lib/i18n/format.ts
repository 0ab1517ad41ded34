/**
 * How each language writes money, units, prices, dates and instants. Integers come in as smallest parts and go out exact: the decimal string is
 * made by digits, never through a float.
 */
import type { Currency, Locale } from '@/lib/domain/states';

const TAG = { en: 'en-US', ja: 'ja-JP' } as const;
const CURRENCY_DECIMALS: Record<Currency, number> = { USD: 2, JPY: 0 };
/** The zones of the two markets, the reader's own first. */
export const ZONES = { en: ['America/New_York', 'Asia/Tokyo'], ja: ['Asia/Tokyo', 'America/New_York'] } as const;

/** A format takes tens of microseconds to make, and a page writes with a few of them hundreds of times. */
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(tag: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  return kept(numberFormats, tag, options, () => new Intl.NumberFormat(tag, options));
}

function dateFormat(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(dateFormats, tag, options, () => new Intl.DateTimeFormat(tag, options));
}

function kept<F>(formats: Map<string, F>, tag: string, options: object, make: () => F): F {
  const name = `${tag} ${JSON.stringify(options)}`;
  const known = formats.get(name);
  if (known) return known;
  const made = make();
  formats.set(name, made);
  return made;
}

/** 123456n with 2 decimals → "1234.56". */
export function decimalString(value: bigint, decimals: number): `${number}` {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(digits.length - decimals)}`;
  return text as `${number}`;
}

function number(locale: Locale, value: bigint, decimals: number, shown = decimals): string {
  const format = numberFormat(TAG[locale], { minimumFractionDigits: shown, maximumFractionDigits: decimals });
  return format.format(decimalString(value, decimals));
}

function withCurrency(locale: Locale, digits: string, currency: Currency): string {
  if (locale === 'ja') return `${digits}${currency === 'USD' ? 'ドル' : '円'}`;
  const symbol = currency === 'USD' ? '$' : '¥';
  return digits.startsWith('-') ? `−${symbol}${digits.slice(1)}` : `${symbol}${digits}`;
}

/** $1,234.56 and ¥12,345; 1,234.56ドル and 12,345円. */
export function formatMoney(locale: Locale, minor: bigint, currency: Currency): string {
  return withCurrency(locale, number(locale, minor, CURRENCY_DECIMALS[currency]), currency).replace('-', '−');
}

/** A gain or loss with its sign: +$1.00, −$1.00, ±$0.00. */
export function formatSignedMoney(locale: Locale, minor: bigint, currency: Currency): string {
  if (minor < 0n) return formatMoney(locale, minor, currency);
  return `${minor === 0n ? '±' : '+'}${formatMoney(locale, minor, currency)}`;
}

/** A price per quote unit, in currency decimals as wide as the class quotes (4 for USD, 0 for yen). */
export function formatPrice(locale: Locale, price: bigint, currency: Currency, priceDecimals: number): string {
  return withCurrency(locale, number(locale, price, priceDecimals), currency);
}

/** A price that is written as a decimal, as payloads that are signed have it: "11.2345". */
export function formatDecimalPrice(locale: Locale, price: string, currency: Currency): string {
  const [whole = '', fraction = ''] = price.split('.');
  return formatPrice(locale, BigInt(whole + fraction), currency, fraction.length);
}

/** "12.5 shares", "10,000 units"; 「12.5口」「10,000口」. The noun comes with the class: shares for 3 decimals, 口 for whole units. */
export function formatUnits(locale: Locale, units: bigint, unitDecimals: number): string {
  const digits = number(locale, units, unitDecimals, 0);
  if (locale === 'ja') return `${digits}口`;
  const noun = unitDecimals > 0 ? 'share' : 'unit';
  return `${digits} ${noun}${units === 10n ** BigInt(unitDecimals) ? '' : 's'}`;
}

/** Units that came or went, with their sign: +12.5 shares, −10,000口. */
export function formatSignedUnits(locale: Locale, units: bigint, unitDecimals: number): string {
  const size = formatUnits(locale, units < 0n ? -units : units, unitDecimals);
  return `${units < 0n ? '−' : units === 0n ? '±' : '+'}${size}`;
}

/** Yen for a dollar, from hundredths of a hundredth: 1512345n → ¥151.23 / 151.23円. */
export function formatRate(locale: Locale, rateE4: bigint): string {
  const digits = numberFormat(TAG[locale], { minimumFractionDigits: 2, maximumFractionDigits: 4 }).format(
    decimalString(rateE4, 4),
  );
  return withCurrency(locale, digits, 'JPY');
}

/** Great sums in words: $300 billion / 3,000億ドル. Rounded half up to one decimal of the word; exact figures stand elsewhere. */
export function formatLargeMoney(locale: Locale, minor: bigint, currency: Currency): string {
  const whole = minor / 10n ** BigInt(CURRENCY_DECIMALS[currency]);
  const format = numberFormat(TAG[locale], {
    notation: 'compact',
    compactDisplay: 'long',
    maximumFractionDigits: 1,
    useGrouping: 'always',
  });
  return withCurrency(locale, format.format(whole), currency);
}

export function formatInteger(locale: Locale, value: bigint | number): string {
  return numberFormat(TAG[locale]).format(value);
}

/** Parts of ten thousand as a percentage: 1234n → 12.34%. */
export function formatPercentE4(locale: Locale, value: bigint, shown = 2): string {
  const format = numberFormat(TAG[locale], { minimumFractionDigits: shown, maximumFractionDigits: shown });
  return `${format.format(decimalString(value, 2))}%`.replace('-', '−');
}

/** A calendar date, without a zone: "2026-11-22" → Nov 22, 2026 / 2026年11月22日. */
export function formatDate(locale: Locale, isoDate: string): string {
  return dateFormat(TAG[locale], {
    dateStyle: locale === 'ja' ? 'long' : 'medium',
    timeZone: 'UTC',
  }).format(new Date(`${isoDate}T00:00:00Z`));
}

/** A calendar date with its day of the week: Mon, Nov 23, 2026 / 2026年11月23日（月）. */
export function formatDay(locale: Locale, isoDate: string): string {
  const day = formatWeekday(locale, isoDate, 'short');
  return locale === 'ja' ? `${formatDate(locale, isoDate)}（${day}）` : `${day}, ${formatDate(locale, isoDate)}`;
}

/** Monday or Mon / 月曜日 or 月. */
export function formatWeekday(locale: Locale, isoDate: string, width: 'long' | 'short'): string {
  return dateFormat(TAG[locale], { weekday: width, timeZone: 'UTC' }).format(new Date(`${isoDate}T00:00:00Z`));
}

/** "2026-11" → November 2026 / 2026年11月. */
export function formatMonth(locale: Locale, isoMonth: string): string {
  const format = dateFormat(TAG[locale], { year: 'numeric', month: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${isoMonth}-01T00:00:00Z`));
}

/** A day of every year: December 20 / 12月20日. */
export function formatYearDay(locale: Locale, month: number, day: number): string {
  const format = dateFormat(TAG[locale], { month: 'long', day: 'numeric', timeZone: 'UTC' });
  // A leap year, which has every day.
  return format.format(new Date(Date.UTC(2024, month - 1, day)));
}

/** An instant in one zone, with the zone named: Nov 22, 2026, 4:00 p.m. ET / 2026年11月22日 15:00（日本時間）. */
export function formatInstant(locale: Locale, at: Date, timeZone: string = ZONES[locale][0]): string {
  const date = dateFormat(TAG[locale], {
    dateStyle: locale === 'ja' ? 'long' : 'medium',
    timeZone,
  }).format(at);
  if (locale === 'ja') {
    const time = dateFormat(TAG.ja, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
    return `${date} ${time.format(at)}（${timeZone === 'Asia/Tokyo' ? '日本時間' : '米国東部時間'}）`;
  }
  const time = dateFormat(TAG.en, { hour: 'numeric', minute: '2-digit', timeZone })
    .format(at)
    .replace(/\s?AM/, ' a.m.')
    .replace(/\s?PM/, ' p.m.');
  return `${date}, ${time} ${timeZone === 'Asia/Tokyo' ? 'Japan time' : 'ET'}`;
}

/** The calendar date that an instant falls on for the reader. */
export function formatInstantDate(locale: Locale, at: Date, timeZone: string = ZONES[locale][0]): string {
  return dateFormat(TAG[locale], { dateStyle: locale === 'ja' ? 'long' : 'medium', timeZone }).format(at);
}

/** A deadline in both zones, the reader's first. */
export function formatDeadline(locale: Locale, at: Date): string {
  const [first, second] = ZONES[locale];
  const both = [formatInstant(locale, at, first), formatInstant(locale, at, second)];
  return locale === 'ja' ? both.join('／') : both.join(' / ');
}

/** A great count in words, to three figures: 4.5 billion / 45億. Below a million it stands as it is. */
export function formatLargeCount(locale: Locale, count: bigint): string {
  if (count < 1_000_000n) return formatInteger(locale, count);
  return numberFormat(TAG[locale], {
    notation: 'compact',
    compactDisplay: 'long',
    maximumSignificantDigits: 3,
    useGrouping: 'always',
  }).format(count);
}

/** What stands between short pieces of one line. */
export const between = (locale: Locale): string => (locale === 'ja' ? '　' : ' · ');

/** One sentence after the other: Japanese puts no space between them. */
export const sentences = (locale: Locale, ...texts: string[]): string => texts.join(locale === 'ja' ? '' : ' ');

/** A remark after a term, in the parentheses of the language. */
export const inParentheses = (locale: Locale, text: string): string => (locale === 'ja' ? `（${text}）` : ` (${text})`);

/** A term and its value on one line. */
export const termAndValue = (locale: Locale, term: string, value: string): string =>
  locale === 'ja' ? `${term}：${value}` : `${term}: ${value}`;
