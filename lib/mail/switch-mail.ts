/** What a mail says of the proceeds of a switch スイッチング: that they became an order for the other class, or free cash. */
import type { Currency, Locale, SwitchRelease } from '@/lib/domain/states';
import { formatDay, formatDeadline, formatMoney, formatRate } from '@/lib/i18n/format';

export type SwitchMail = {
  /** Of the switch. */
  number: bigint;
  from: { name: Record<Locale, string>; currency: Currency };
  into: { name: Record<Locale, string>; currency: Currency };
  /** When it was dealt. */
  day: string;
  amountMinor: bigint;
  /** Null where nothing was converted. */
  rateE4: bigint | null;
  outcome:
    | { number: bigint; amountMinor: bigint; dealingDate: string; cutOffAt: Date }
    /** Why it is free cash. */
    | { reason: SwitchRelease };
};

export const NO_SWITCH = { from: '', into: '', converted: '', rate: '', got: '', order: '', on: '' };

export function switchTexts(locale: Locale, mail: SwitchMail, reason: string) {
  const { from, into, outcome } = mail;
  const texts = {
    ...{
      number: String(mail.number),
      from: from.name[locale],
      into: into.name[locale],
      day: formatDay(locale, mail.day),
    },
    ...{ amount: formatMoney(locale, mail.amountMinor, from.currency), reason },
    ...{
      converted: mail.rateE4 === null ? 'no' : 'yes',
      rate: mail.rateE4 === null ? '' : formatRate(locale, mail.rateE4),
    },
  };
  if ('reason' in outcome) return texts;
  return {
    ...texts,
    ...{ got: formatMoney(locale, outcome.amountMinor, into.currency), order: String(outcome.number) },
    ...{ on: formatDay(locale, outcome.dealingDate), until: formatDeadline(locale, outcome.cutOffAt) },
  };
}
