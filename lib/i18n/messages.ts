/** All messages of a language, by group: one file a page group in messages/<locale>/. The English files give the types. */
import type { Locale } from '@/lib/domain/states';
import enAbout from '@/messages/en/about.json';
import enActivity from '@/messages/en/activity.json';
import enBuy from '@/messages/en/buy.json';
import enCash from '@/messages/en/cash.json';
import enCommon from '@/messages/en/common.json';
import enDocuments from '@/messages/en/documents.json';
import enErrors from '@/messages/en/errors.json';
import enFund from '@/messages/en/fund.json';
import enHoldings from '@/messages/en/holdings.json';
import enHome from '@/messages/en/home.json';
import enOfferings from '@/messages/en/offerings.json';
import enOrder from '@/messages/en/order.json';
import enOverview from '@/messages/en/overview.json';
import jaAbout from '@/messages/ja/about.json';
import jaActivity from '@/messages/ja/activity.json';
import jaBuy from '@/messages/ja/buy.json';
import jaCash from '@/messages/ja/cash.json';
import jaCommon from '@/messages/ja/common.json';
import jaDocuments from '@/messages/ja/documents.json';
import jaErrors from '@/messages/ja/errors.json';
import jaFund from '@/messages/ja/fund.json';
import jaHoldings from '@/messages/ja/holdings.json';
import jaHome from '@/messages/ja/home.json';
import jaOfferings from '@/messages/ja/offerings.json';
import jaOrder from '@/messages/ja/order.json';
import jaOverview from '@/messages/ja/overview.json';

const en = {
  activity: enActivity,
  buy: enBuy,
  cash: enCash,
  common: enCommon,
  errors: enErrors,
  holdings: enHoldings,
  about: enAbout,
  documents: enDocuments,
  fund: enFund,
  offerings: enOfferings,
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
  about: jaAbout,
  documents: jaDocuments,
  fund: jaFund,
  offerings: jaOfferings,
  home: jaHome,
  order: jaOrder,
  overview: jaOverview,
};

const MESSAGES: Record<Locale, Messages> = { en, ja };

export const loadMessages = async (locale: Locale): Promise<Messages> => MESSAGES[locale];
