/** All messages of a language, by group: one file a page group in messages/<locale>/. The English files give the types. */
import type { Locale } from '@/lib/domain/states';
import enAbout from '@/messages/en/about.json';
import enAccess from '@/messages/en/access.json';
import enAccount from '@/messages/en/account.json';
import enActivity from '@/messages/en/activity.json';
import enBuy from '@/messages/en/buy.json';
import enCalendar from '@/messages/en/calendar.json';
import enCash from '@/messages/en/cash.json';
import enClock from '@/messages/en/clock.json';
import enCommon from '@/messages/en/common.json';
import enDeal from '@/messages/en/deal.json';
import enDesk from '@/messages/en/desk.json';
import enDocuments from '@/messages/en/documents.json';
import enEligibility from '@/messages/en/eligibility.json';
import enErrors from '@/messages/en/errors.json';
import enFactors from '@/messages/en/factors.json';
import enFailure from '@/messages/en/failure.json';
import enFund from '@/messages/en/fund.json';
import enGovernance from '@/messages/en/governance.json';
import enHoldings from '@/messages/en/holdings.json';
import enHome from '@/messages/en/home.json';
import enIdentity from '@/messages/en/identity.json';
import enNotices from '@/messages/en/notices.json';
import enOfferings from '@/messages/en/offerings.json';
import enOrder from '@/messages/en/order.json';
import enOverview from '@/messages/en/overview.json';
import enPlans from '@/messages/en/plans.json';
import enProposals from '@/messages/en/proposals.json';
import enResults from '@/messages/en/results.json';
import enSubscription from '@/messages/en/subscription.json';
import enSuitability from '@/messages/en/suitability.json';
import enSwitch from '@/messages/en/switch.json';
import enTracker from '@/messages/en/tracker.json';
import enValuations from '@/messages/en/valuations.json';
import jaAbout from '@/messages/ja/about.json';
import jaAccess from '@/messages/ja/access.json';
import jaAccount from '@/messages/ja/account.json';
import jaActivity from '@/messages/ja/activity.json';
import jaBuy from '@/messages/ja/buy.json';
import jaCalendar from '@/messages/ja/calendar.json';
import jaCash from '@/messages/ja/cash.json';
import jaClock from '@/messages/ja/clock.json';
import jaCommon from '@/messages/ja/common.json';
import jaDeal from '@/messages/ja/deal.json';
import jaDesk from '@/messages/ja/desk.json';
import jaDocuments from '@/messages/ja/documents.json';
import jaEligibility from '@/messages/ja/eligibility.json';
import jaErrors from '@/messages/ja/errors.json';
import jaFactors from '@/messages/ja/factors.json';
import jaFailure from '@/messages/ja/failure.json';
import jaFund from '@/messages/ja/fund.json';
import jaGovernance from '@/messages/ja/governance.json';
import jaHoldings from '@/messages/ja/holdings.json';
import jaHome from '@/messages/ja/home.json';
import jaIdentity from '@/messages/ja/identity.json';
import jaNotices from '@/messages/ja/notices.json';
import jaOfferings from '@/messages/ja/offerings.json';
import jaOrder from '@/messages/ja/order.json';
import jaOverview from '@/messages/ja/overview.json';
import jaPlans from '@/messages/ja/plans.json';
import jaProposals from '@/messages/ja/proposals.json';
import jaResults from '@/messages/ja/results.json';
import jaSubscription from '@/messages/ja/subscription.json';
import jaSuitability from '@/messages/ja/suitability.json';
import jaSwitch from '@/messages/ja/switch.json';
import jaTracker from '@/messages/ja/tracker.json';
import jaValuations from '@/messages/ja/valuations.json';

const en = {
  about: enAbout,
  access: enAccess,
  account: enAccount,
  activity: enActivity,
  buy: enBuy,
  calendar: enCalendar,
  cash: enCash,
  clock: enClock,
  common: enCommon,
  deal: enDeal,
  desk: enDesk,
  documents: enDocuments,
  eligibility: enEligibility,
  errors: enErrors,
  factors: enFactors,
  failure: enFailure,
  fund: enFund,
  governance: enGovernance,
  holdings: enHoldings,
  home: enHome,
  identity: enIdentity,
  notices: enNotices,
  offerings: enOfferings,
  order: enOrder,
  overview: enOverview,
  plans: enPlans,
  proposals: enProposals,
  results: enResults,
  subscription: enSubscription,
  suitability: enSuitability,
  switch: enSwitch,
  tracker: enTracker,
  valuations: enValuations,
};
export type Messages = typeof en;
const ja: Messages = {
  about: jaAbout,
  access: jaAccess,
  account: jaAccount,
  activity: jaActivity,
  buy: jaBuy,
  calendar: jaCalendar,
  cash: jaCash,
  clock: jaClock,
  common: jaCommon,
  deal: jaDeal,
  desk: jaDesk,
  documents: jaDocuments,
  eligibility: jaEligibility,
  errors: jaErrors,
  factors: jaFactors,
  failure: jaFailure,
  fund: jaFund,
  governance: jaGovernance,
  holdings: jaHoldings,
  home: jaHome,
  identity: jaIdentity,
  notices: jaNotices,
  offerings: jaOfferings,
  order: jaOrder,
  overview: jaOverview,
  plans: jaPlans,
  proposals: jaProposals,
  results: jaResults,
  subscription: jaSubscription,
  suitability: jaSuitability,
  switch: jaSwitch,
  tracker: jaTracker,
  valuations: jaValuations,
};

const MESSAGES: Record<Locale, Messages> = { en, ja };

export const loadMessages = async (locale: Locale): Promise<Messages> => MESSAGES[locale];
