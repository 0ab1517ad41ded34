/**
 * What a government or an exchange decided for one date alone: dated data, which no rule gives. A later one is a row of market_holidays, which this
 * list and the rules fill.
 */
import type { Locale } from '../states';
import type { IsoDate } from './dates';

export type HolidayName = Record<Locale, string>;

/** A holiday that one year had on another day than the rule says. Japan made room for the Olympic Games, in 2020 and again in 2021. */
export const MOVED_IN_JAPAN: Readonly<Record<IsoDate, IsoDate>> = {
  // Marine Day, Sports Day and Mountain Day; 2020 by the special act as first passed, 2021 as amended when the Games were put off.
  '2020-07-20': '2020-07-23',
  '2020-10-12': '2020-07-24',
  '2020-08-11': '2020-08-10',
  '2021-07-19': '2021-07-22',
  '2021-10-11': '2021-07-23',
  '2021-08-11': '2021-08-08',
};

/** Days on which the New York exchange stayed closed, that no year has again. */
export const CLOSED_IN_NEW_YORK: Readonly<Record<IsoDate, HolidayName>> = {
  '2025-01-09': { en: 'National Day of Mourning for Jimmy Carter', ja: 'カーター元大統領の国民追悼日' },
};
