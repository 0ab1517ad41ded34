/** All messages of a language, by group: one file a page group in messages/<locale>/. The English files give the types. */
import type { Locale } from '@/lib/domain/states';
import enActivity from '@/messages/en/activity.json';
import enBuy from '@/messages/en/buy.json';
import enCash from '@/messages/en/cash.json';
import enCommon from '@/messages/en/common.json';
import enErrors from '@/messages/en/errors.json';
import enHoldings from '@/messages/en/holdings.json';
import enHome from '@/messages/en/home.json';
import enOrder from '@/messages/en/order.json';
import enOverview from '@/messages/en/overview.json';
import jaActivity from '@/messages/ja/activity.json';
import jaBuy from '@/messages/ja/buy.json';
import jaCash from '@/messages/ja/cash.json';
import jaCommon from '@/messages/ja/common.json';
import jaErrors from '@/messages/ja/errors.json';
import jaHoldings from '@/messages/ja/holdings.json';
import jaHome from '@/messages/ja/home.json';
import jaOrder from '@/messages/ja/order.json';
import jaOverview from '@/messages/ja/overview.json';

const en = {
  activity: enActivity,
  buy: enBuy,
  cash: enCash,
  common: enCommon,
  errors: enErrors,
  holdings: enHoldings,
  home: enHome,
  order: enOrder,
  overview: enOverview,
};
export type Messages = typeof en;
const ja: Messages = {
  activity: jaActivity,
  buy: jaBuy,
  cash: jaCash,
  common: jaCommon,
  errors: jaErrors,
  holdings: jaHoldings,
  home: jaHome,
  order: jaOrder,
  overview: jaOverview,
};

const MESSAGES: Record<Locale, Messages> = { en, ja };

export const loadMessages = async (locale: Locale): Promise<Messages> => MESSAGES[locale];
