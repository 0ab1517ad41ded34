/** Mails in the reader's language, from messages/<locale>/mails.json. Plain text alone: there is no markup that a name could break. */
import { createTranslator } from 'next-intl';
import type { MovedDays } from '@/lib/domain/calendar/change';
import type { Currency, Locale, PlanLapse } from '@/lib/domain/states';
import { env } from '@/lib/env';
import {
  formatDate,
  formatDay,
  formatDeadline,
  formatInstant,
  formatMoney,
  formatPrice,
  formatUnits,
} from '@/lib/i18n/format';
import { localePath } from '@/lib/i18n/locale';
import en from '@/messages/en/mails.json';
import ja from '@/messages/ja/mails.json';
import { type DealingMail, type DealingMailKind, dealingTexts, NO_DEALING } from './dealing-mail';
import { NO_SWITCH, type SwitchMail, switchTexts } from './switch-mail';

const translator = (locale: Locale, messages: typeof en) => createTranslator({ locale, messages });

/** One a language: it keeps the texts that it has read, and a dealing day has a million mails of a few texts. */
const TRANSLATORS = { en: translator('en', en), ja: translator('ja', ja) };

/** What each mail says besides its text; `path` is the page that its link opens. */
export type MailContents = { path: `/${string}` } & (
  | { kind: 'verify' | 'known' | 'reset' | 'password-changed' | 'factors-changed' }
  | { kind: 'identity-approved' | 'identity-rejected' | 'appeal-received'; name: string }
  | { kind: 'identity-in-review'; name: string; due: Date }
  | ({ kind: 'allotment' | 'offering-cancelled' | 'purchase-refunded' } & AllotmentMail)
  | ({ kind: 'document-changed' } & DocumentMail)
  | ({ kind: 'plan-ordered' | 'plan-lapsed' | 'plan-paused' } & PlanMail)
  | ({ kind: DealingMailKind } & DealingMail)
  | ({ kind: 'switch-carried' | 'switch-released' } & SwitchMail)
  | ({ kind: 'day-redealt' } & RedealtMail)
  | ({ kind: 'days-moved' } & MovedDays)
);
/** What became of a month of a plan 積立. */
export type PlanMail = {
  className: Record<Locale, string>;
  dealingDate: string;
  cutOffAt: Date;
  /** Why it lapsed; null where it became an order. */
  reason: PlanLapse | null;
  /** In a row, this one counted. */
  lapses: number;
};
/** A new version of the prospectus of a window, and until when subscriptions can be withdrawn. */
export type DocumentMail = {
  offering: Record<Locale, string>;
  title: string;
  version: number;
  until: Date;
  /** The page of the new text. */
  document: `/${string}`;
};
/** The outcome of an offering for one person; sums and units are smallest parts. */
export type AllotmentMail = {
  offering: Record<Locale, string>;
  currency: Currency;
  unitDecimals: number;
  askedUnits: bigint;
  units: bigint;
  costMinor: bigint;
  refundMinor: bigint;
};
/** A day whose value was wrong was dealt again: what one side of a person's orders came to before, and comes to now. */
export type RedealtMail = {
  className: Record<Locale, string>;
  dealingDate: string;
  currency: Currency;
  unitDecimals: number;
  priceDecimals: number;
  priceBefore: bigint;
  price: bigint;
  buys: boolean;
  unitsBefore: bigint;
  units: bigint;
  minorBefore: bigint;
  minor: bigint;
  /** What the fund could not take back, and bears. */
  borneMinor: bigint;
  borneUnits: bigint;
};
export type MailKind = MailContents['kind'];

const NO_OUTCOME = { offering: '', asked: '', units: '', cost: '', refund: '' };

const outcomeTexts = (locale: Locale, mail: AllotmentMail): typeof NO_OUTCOME => ({
  offering: mail.offering[locale],
  asked: formatUnits(locale, mail.askedUnits, mail.unitDecimals),
  units: formatUnits(locale, mail.units, mail.unitDecimals),
  cost: formatMoney(locale, mail.costMinor, mail.currency),
  refund: formatMoney(locale, mail.refundMinor, mail.currency),
});

const NO_DOCUMENT = { title: '', version: '', until: '', document: '' };

const documentTexts = (locale: Locale, mail: DocumentMail) => ({
  offering: mail.offering[locale],
  title: mail.title,
  version: String(mail.version),
  until: formatDeadline(locale, mail.until),
  document: `${env().SITE_URL}${localePath(locale, mail.document)}`,
});

const NO_PLAN = { class: '', day: '', reason: '', lapses: 0 };

const planTexts = (locale: Locale, mail: PlanMail, reason: string) => ({
  class: mail.className[locale],
  day: formatDay(locale, mail.dealingDate),
  until: formatDeadline(locale, mail.cutOffAt),
  reason,
  lapses: mail.lapses,
});

const NO_MOVED = {
  ...{ group: '', about: '', side: '', from: '', to: '', moneyFrom: '', moneyTo: '', closes: '' },
  ...{ country: '', change: '', holiday: '', holidayName: '', why: '', paid: '' },
};

const movedTexts = (locale: Locale, mail: MovedDays): typeof NO_MOVED => {
  const day = (date: string | null) => (date ? formatDay(locale, date) : '');
  return {
    ...{ group: mail.className[locale], about: mail.about, side: mail.buys ? 'bought' : 'redeemed' },
    ...{ from: day(mail.fromDay), to: day(mail.toDay), moneyFrom: day(mail.moneyFrom), moneyTo: day(mail.moneyTo) },
    ...{ closes: formatDeadline(locale, mail.cutOffAt), country: mail.country, change: mail.change },
    ...{ holiday: day(mail.holiday), holidayName: mail.holidayName[locale], why: mail.reason[locale] },
    paid: mail.moneyFrom === mail.moneyTo ? 'same' : 'other',
  };
};

const NO_REDEALT = {
  ...{ fund: '', date: '', side: '', before: '', price: '' },
  ...{ had: '', paid: '', has: '', pays: '', bears: '', borne: '' },
};

const redealtTexts = (locale: Locale, mail: RedealtMail): typeof NO_REDEALT => {
  const units = (count: bigint) => formatUnits(locale, count, mail.unitDecimals);
  const money = (minor: bigint) => formatMoney(locale, minor, mail.currency);
  const borne = [
    ...(mail.borneUnits > 0n ? [units(mail.borneUnits)] : []),
    ...(mail.borneMinor > 0n ? [money(mail.borneMinor)] : []),
  ];
  return {
    fund: mail.className[locale],
    date: formatDate(locale, mail.dealingDate),
    side: mail.buys ? 'bought' : 'redeemed',
    before: formatPrice(locale, mail.priceBefore, mail.currency, mail.priceDecimals),
    price: formatPrice(locale, mail.price, mail.currency, mail.priceDecimals),
    ...{ had: units(mail.unitsBefore), has: units(mail.units), paid: money(mail.minorBefore), pays: money(mail.minor) },
    ...{ bears: borne.length > 0 ? 'yes' : 'no', borne: borne.join(locale === 'ja' ? '・' : ', ') },
  };
};

export function renderMail(locale: Locale, mail: MailContents): { subject: string; body: string } {
  const t = TRANSLATORS[locale];
  const site = env().SITE_URL;
  const values = {
    link: `${site}${localePath(locale, mail.path)}`,
    name: 'name' in mail ? mail.name : '',
    due: 'due' in mail ? formatInstant(locale, mail.due) : '',
    ...NO_DEALING,
    ...NO_REDEALT,
    ...NO_SWITCH,
    ...(mail.kind === 'days-moved' ? movedTexts(locale, mail) : NO_MOVED),
    ...('offering' in mail && 'refundMinor' in mail ? outcomeTexts(locale, mail) : NO_OUTCOME),
    ...(mail.kind === 'document-changed' ? documentTexts(locale, mail) : NO_DOCUMENT),
    ...('lapses' in mail ? planTexts(locale, mail, mail.reason ? t(`plan-reason.${mail.reason}`) : '') : NO_PLAN),
    // After those of an outcome, which have words of the same names.
    ...('order' in mail && dealingTexts(locale, mail)),
    ...('into' in mail &&
      switchTexts(locale, mail, 'reason' in mail.outcome ? t(`switch-reason.${mail.outcome.reason}`) : '')),
    ...(mail.kind === 'day-redealt' && redealtTexts(locale, mail)),
  };
  const what = 'order' in mail ? t(`dealing-what.${mail.order.kind}`, values) : '';
  return {
    subject: t(`${mail.kind}.subject`),
    body: `${t(`${mail.kind}.body`, { ...values, what })}\n\n-- \n${t('footer', { site })}\n`,
  };
}
