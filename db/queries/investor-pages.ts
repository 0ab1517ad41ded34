/** One call a page of an investor: everything it shows, read in one transaction that sees this person's rows alone. */
import { type Database, withInvestor } from '@/db/client';
import { LAPSES_BEFORE_PAUSE } from '@/lib/domain/dealing/plan';
import type { EligibilityReason } from '@/lib/domain/people/eligibility';
import { checkDueAt } from '@/lib/domain/people/identity';
import type { Locale } from '@/lib/domain/states';
import { type ConsentLine, listConsents } from './consents';
import { type DealingOrderDetails, getDealingOrder } from './dealing-orders';
import { type DealingTicket, getDealingTicket } from './dealing-tickets';
import { type CashMovement, listMovements, type MovementFilter, type MovementPage } from './movements';
import { countUnread } from './notices';
import { getOffering, type OfferingView } from './offerings';
import { getOrder, type OrderDetails } from './order-details';
import { type BuyerView, getBuyer } from './orders';
import { getInvestor, listIdentityEvents } from './people';
import { getPosition, listPositions, type Position } from './positions';
import { listPlans, type PlanView } from './savings-plans';
import {
  type AllotmentView,
  type DrawView,
  getAllotment,
  getDraw,
  getSubscriber,
  getSubscriptionAct,
  listSubscriptionActs,
  listSubscriptions,
  type SubscriptionActView,
  type SubscriptionView,
} from './subscriptions';
import { listSwitchTargets } from './switches';
import { getNewestMidRate, listWallets, type MidRateLine, type WalletLine } from './wallets';

export type { DealingOrderDetails } from './dealing-orders';
export type { DealingTicket } from './dealing-tickets';
export type { OrderDetails } from './order-details';

export type OverviewPage = {
  positions: Position[];
  wallets: WalletLine[];
  midRate: MidRateLine | null;
  recent: MovementPage['movements'];
  waiting: MovementPage['movements'];
  /** Monthly plans whose last order lapsed, those that lapses have paused among them. */
  plans: PlanView[];
  /** Notices that were not marked as read. */
  unread: number;
  /** Until when the review desk will have answered; null where no check runs, or where it has no date. */
  reviewDueAt: Date | null;
};

/** The overview: what is held, what changed, what waits. */
export const getOverviewPage = (investorId: bigint, recent: number): Promise<OverviewPage> =>
  withInvestor(investorId, async (db) => {
    const [positions, wallets, midRate, newest, open, plans, unread, [check]] = await Promise.all([
      listPositions(db, investorId),
      listWallets(db, investorId),
      getNewestMidRate(db),
      listMovements(db, investorId, { limit: recent }),
      listMovements(db, investorId, { open: true, limit: 20 }),
      listPlans(db, investorId),
      countUnread(db, investorId),
      listIdentityEvents(db, investorId),
    ]);
    return {
      positions,
      wallets,
      midRate,
      unread,
      recent: newest.movements,
      waiting: open.movements,
      plans: plans.filter(
        ({ state, lapses }) =>
          (state === 'ACTIVE' && lapses > 0) || (state === 'PAUSED' && lapses >= LAPSES_BEFORE_PAUSE),
      ),
      reviewDueAt: check ? checkDueAt(check) : null,
    };
  });

export type HoldingPage = {
  position: Position;
  midRate: MidRateLine | null;
  movements: MovementPage['movements'];
  /** There is another class that the person may switch into. */
  switchable: boolean;
};

/** One class with the newest of what brought or took units of it. Null where there is no class of this code. */
export const getHoldingPage = (investorId: bigint, classCode: string, limit: number): Promise<HoldingPage | null> =>
  withInvestor(investorId, async (db) => {
    const position = await getPosition(db, investorId, classCode);
    if (!position) return null;
    const [midRate, page, targets] = await Promise.all([
      getNewestMidRate(db),
      listMovements(db, investorId, { only: { unitsOf: position.unitClass.id }, limit }),
      listSwitchTargets(db, investorId, classCode),
    ]);
    return { position, midRate, movements: page.movements, switchable: targets.length > 0 };
  });

/** Codes of the classes that units of this one can be switched into, and the newest mid rate. */
export const getSwitchPage = (
  investorId: bigint,
  classCode: string,
): Promise<{ targets: string[]; midRate: MidRateLine | null }> =>
  withInvestor(investorId, async (db) => {
    const [targets, midRate] = await Promise.all([listSwitchTargets(db, investorId, classCode), getNewestMidRate(db)]);
    return { targets, midRate };
  });

export type CashPage = {
  wallets: WalletLine[];
  midRate: MidRateLine | null;
  pending: CashMovement[];
  movements: CashMovement[];
};

const onlyCash = ({ movements }: MovementPage): CashMovement[] =>
  movements.filter((movement) => movement.type === 'CASH');

/** Wallets, what is on its way out, and the newest movements of cash. */
export const getCashPage = (investorId: bigint, limit: number): Promise<CashPage> =>
  withInvestor(investorId, async (db) => {
    const [wallets, midRate, open, newest] = await Promise.all([
      listWallets(db, investorId),
      getNewestMidRate(db),
      listMovements(db, investorId, { only: 'cash', open: true, limit: 20 }),
      listMovements(db, investorId, { only: 'cash', limit }),
    ]);
    return { wallets, midRate, pending: onlyCash(open), movements: onlyCash(newest) };
  });

/** A page of movements, and how many notices wait to be read. */
export const getActivity = (investorId: bigint, filter: MovementFilter): Promise<MovementPage & { unread: number }> =>
  withInvestor(investorId, async (db) => {
    const [page, unread] = await Promise.all([listMovements(db, investorId, filter), countUnread(db, investorId)]);
    return { ...page, unread };
  });

export const getOwnOrder = (investorId: bigint, key: string): Promise<OrderDetails | null> =>
  withInvestor(investorId, (db) => getOrder(db, investorId, key));

/** The class as an order at NAV meets it now, and the person's own side of it. Null where there is no class of this code. */
export const getDealingTicketPage = (investorId: bigint, classCode: string): Promise<DealingTicket | null> =>
  withInvestor(investorId, (db) => getDealingTicket(db, investorId, classCode));

export const getOwnDealingOrder = (investorId: bigint, key: string): Promise<DealingOrderDetails | null> =>
  withInvestor(investorId, (db) => getDealingOrder(db, investorId, key));

export const listOwnConsents = (investorId: bigint): Promise<ConsentLine[]> =>
  withInvestor(investorId, (db) => listConsents(db, investorId));

/** Something that the person did with a subscription, by its key. */
export const getOwnSubscriptionAct = (investorId: bigint, key: string) =>
  withInvestor(investorId, (db) => getSubscriptionAct(db, investorId, key));

export type SubscriptionPage = {
  offering: OfferingView;
  subscriptions: SubscriptionView[];
  acts: SubscriptionActView[];
  /** Null before the run has decided, and for whoever had no subscription at the close. */
  allotment: AllotmentView | null;
  draw: DrawView | null;
  /** Whether the account is frozen: then nothing can be changed or withdrawn. */
  frozen: boolean;
};

/** A window and all that the person has to do with it. Null where there is no such window, or they never asked for anything in it. */
export const getSubscriptionPage = (investorId: bigint, slug: string): Promise<SubscriptionPage | null> =>
  withInvestor(investorId, async (db) => {
    const offering = await getOffering(db, slug);
    if (!offering || offering.method === 'FIRST_COME') return null;
    const [subscriptions, acts, allotment, draw, subscriber] = await Promise.all([
      listSubscriptions(db, investorId, offering.id),
      listSubscriptionActs(db, investorId, offering.id),
      getAllotment(db, investorId, offering.id),
      getDraw(db, offering.id),
      getSubscriber(db, investorId, offering.id),
    ]);
    const frozen = subscriber?.status === 'FROZEN';
    return subscriptions.length > 0 ? { offering, subscriptions, acts, allotment, draw, frozen } : null;
  });

export type TicketPage = {
  offering: OfferingView;
  /** In a window `boughtUnits` is what counts towards the maximum: held, and subscribed but for what is replaced, whose cash counts as available. */
  buyer: BuyerView & {
    statusReason: EligibilityReason;
    /** When the offering's prospectus was first opened, in either language. */
    openedAt: Date | null;
    /** The languages in which it was opened: what can be agreed to is a text that was. */
    openedIn: Locale[];
    /** When this version was agreed to: then it is not asked for again. */
    agreedAt: Date | null;
  };
  /** The subscription that is to be changed. */
  change: SubscriptionView | null;
  /** The person's other active subscriptions here. */
  standing: SubscriptionView[];
};

/** The offering as it is now, and the person's own side of it. Null where there is none, or it is not approved yet. */
export const getTicketPage = (investorId: bigint, slug: string, change?: string): Promise<TicketPage | null> =>
  withInvestor(investorId, async (db) => {
    const offering = await getOffering(db, slug);
    if (!offering) return null;
    const [side, investor, consents] = await Promise.all([
      offering.method === 'FIRST_COME'
        ? getBuyer(db, investorId, offering.id).then((buyer) => buyer && { buyer, change: null, standing: [] })
        : getWindowSide(db, investorId, offering.id, change),
      getInvestor(db, investorId),
      listConsents(db, investorId, offering.prospectus.documentVersionId),
    ]);
    if (!side || !investor) return null;
    const opened = consents.filter((consent) => consent.act === 'OPENED');
    const buyer = {
      ...side.buyer,
      statusReason: investor.statusReason,
      openedAt: opened.at(-1)?.at ?? null,
      openedIn: opened.map((consent) => consent.locale),
      agreedAt: consents.findLast((consent) => consent.act === 'AGREED')?.at ?? null,
    };
    return { ...side, offering, buyer };
  });

/** The person's side of a window, as of an order there. Null also where the subscription to be changed is not an active one of theirs here. */
async function getWindowSide(
  db: Database,
  investorId: bigint,
  offeringId: number,
  changeKey: string | undefined,
): Promise<{ buyer: BuyerView; change: SubscriptionView | null; standing: SubscriptionView[] } | null> {
  const subscriber = await getSubscriber(db, investorId, offeringId);
  const active = (await listSubscriptions(db, investorId, offeringId)).filter(({ state }) => state === 'ACTIVE');
  const change = active.find(({ key }) => key === changeKey) ?? null;
  if (!subscriber || (changeKey !== undefined && !change)) return null;
  const { heldUnits, subscribedUnits, ...rest } = subscriber;
  return {
    buyer: {
      ...rest,
      boughtUnits: heldUnits + subscribedUnits - (change?.units ?? 0n),
      availableMinor: rest.availableMinor + (change?.reservedMinor ?? 0n),
    },
    change,
    standing: active.filter((subscription) => subscription !== change),
  };
}
