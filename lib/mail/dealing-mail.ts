/** What a mail says of an order at NAV, in the reader's way of writing it. */

import type { ClassQuotation } from '@/lib/domain/orders/pricing';
import type { DealingKind, Locale } from '@/lib/domain/states';
import { formatDay, formatDeadline, formatMoney, formatPrice, formatUnits } from '@/lib/i18n/format';

export const DEALING_MAILS = [
  'dealing-accepted',
  'dealing-amended',
  'dealing-cancelled',
  'dealing-bought',
  'dealing-redeemed',
  'dealing-part',
  'dealing-deferred',
  'dealing-lapsed',
  'dealing-settled',
  'dealing-paid',
] as const;
export type DealingMailKind = (typeof DEALING_MAILS)[number];

/** Sums and units are smallest parts of the class; what a kind does not speak of is left out. */
export type DealingMail = {
  order: {
    number: bigint;
    kind: DealingKind;
    asked: bigint;
    /** Of a switch, where it is spoken of: the name of the other class. */
    into?: Record<Locale, string> | null;
    unitClass: ClassQuotation & { name: Record<Locale, string> };
  };
  /** The dealing day. */
  day: string;
  /** Until when it can be cancelled. */
  until?: Date;
  price?: bigint;
  units?: bigint;
  amountMinor?: bigint;
  releaseMinor?: bigint;
  levyMinor?: bigint;
  deferredUnits?: bigint;
  /** For what was deferred. */
  nextDay?: string;
  /** When its cash changes hands. */
  moneyDay?: string;
};

export const NO_DEALING = {
  ...{ number: '', class: '', asked: '', day: '', until: '', price: '', quote: '', units: '', amount: '' },
  ...{ release: '', levy: '', deferred: '', next: '', money: '', switched: '', to: '' },
};

export function dealingTexts(locale: Locale, mail: DealingMail): typeof NO_DEALING {
  const { number, kind, asked, into, unitClass } = mail.order;
  const { currency, unitDecimals, priceDecimals, quoteUnits, name } = unitClass;
  const money = (minor = 0n) => formatMoney(locale, minor, currency);
  const units = (parts = 0n) => formatUnits(locale, parts, unitDecimals);
  return {
    number: String(number),
    class: name[locale],
    asked: kind === 'BUY_AMOUNT' ? money(asked) : units(asked),
    day: formatDay(locale, mail.day),
    until: mail.until ? formatDeadline(locale, mail.until) : '',
    price: formatPrice(locale, mail.price ?? 0n, currency, priceDecimals),
    quote: units(quoteUnits),
    units: units(mail.units),
    amount: money(mail.amountMinor),
    release: money(mail.releaseMinor),
    levy: money(mail.levyMinor),
    deferred: units(mail.deferredUnits),
    next: mail.nextDay ? formatDay(locale, mail.nextDay) : '',
    switched: kind === 'SWITCH' ? 'yes' : 'no',
    to: into?.[locale] ?? 'none',
    money: mail.moneyDay ? formatDay(locale, mail.moneyDay) : '',
  };
}
