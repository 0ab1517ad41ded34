/**
 * The reference model of dealing at NAV: one book of a fund's classes, one act at a time (DOMAIN §5–§7). Cash and units move as in the ledger: set aside
 * when an order is accepted, units booked when it is priced 約定, cash when it is settled 受渡.
 */
import type { IsoDate } from '../calendar/dates';
import { canBecome } from '../orders/state-machine';
import type { OrderState } from '../states';
import { type DealingDecision, type DealingFacts, type DealingRequest, decideDealing, refuseCancel } from './decide';
import { priceOf, type Session, type StruckNav } from './forward-price';
import { bridge, type DealtPurchase, isRedealt, redealPurchases, redealRedemption } from './redeal';
import { type ClassTerms, dealPurchases, dealRedemptions, type SellOutcome } from './run';
import { decideSwitch } from './switch';

export type BookOrder = {
  id: string;
  number: bigint;
  investor: number;
  classId: number;
  request: DealingRequest;
  /** Of a switch: the class that its proceeds buy. */
  toClassId: number | null;
  since: IsoDate;
  cutOffAt: Date;
  state: OrderState;
  /** Set aside now. Of a priced purchase it is the cost that waits for settlement. */
  reservedMinor: bigint;
  reservedUnits: bigint;
};

/** Cash that changes hands on a later day: what a purchase cost, or what a redemption pays. */
type Due = { date: IsoDate; dealt: IsoDate; order: BookOrder; costMinor: bigint; payoutMinor: bigint };
type Wallet = { available: bigint; reserved: bigint };
export type BookClass = ClassTerms & { classId: number };
export type RunDay = Session & { settlementDate: IsoDate; payoutDate: IsoDate; nav: StruckNav };

/** What an order came to on a day, as it holds. */
type Deal = {
  order: BookOrder;
  date: IsoDate;
  buys: boolean;
  units: bigint;
  amountMinor: bigint;
  reservedMinor: bigint;
};
/** Where the proceeds of switches go: the day of the other class, and what their orders are called. */
type Carrying = { session: (classId: number) => Session; idOf: (order: BookOrder, dealt: IsoDate) => string };
type Day = { price: bigint; deals: Deal[] };
/** What a deal comes to at another price. */
type Again = { deal: Deal; units: bigint; amountMinor: bigint };

export class DealingBook {
  readonly orders: BookOrder[] = [];
  readonly wallets = new Map<number, Wallet>();
  /** Units held, by investor and class. */
  readonly holdings = new Map<string, bigint>();
  readonly issued = new Map<number, bigint>();
  fundCash = 0n;
  private dues: Due[] = [];
  /** Days that were dealt, by class and date. */
  private readonly days = new Map<string, Day>();
  /** Cash and units of days that were dealt again which nobody has any more. */
  readonly borne = { minor: 0n, units: 0n };

  /** All classes of a book have one currency. */
  constructor(private readonly classes: readonly BookClass[]) {
    for (const { classId } of classes) this.issued.set(classId, 0n);
  }

  give(investor: number, cashMinor: bigint, units: readonly (readonly [classId: number, units: bigint])[]) {
    this.wallets.set(investor, { available: cashMinor, reserved: 0n });
    for (const [classId, count] of units) this.moveUnits(investor, classId, count);
  }

  wallet(investor: number): Wallet {
    const wallet = this.wallets.get(investor);
    if (!wallet) throw new RangeError(`There is no investor ${investor}.`);
    return wallet;
  }

  unitsOf = (investor: number, classId: number): bigint => this.holdings.get(`${investor} ${classId}`) ?? 0n;

  freeUnits(investor: number, classId: number): bigint {
    const set = this.orders.filter((order) => order.investor === investor && order.classId === classId);
    return set.reduce((free, order) => free - order.reservedUnits, this.unitsOf(investor, classId));
  }

  /** `facts` are the person's and the classes'; what they have comes from the book. */
  place(
    id: string,
    investor: number,
    request: DealingRequest,
    session: Session,
    facts: Omit<DealingFacts, 'person'> & { person: Omit<DealingFacts['person'], 'availableMinor' | 'freeUnits'> },
    toClass: DealingFacts['unitClass'] | null = null,
  ): DealingDecision {
    const has = {
      availableMinor: this.wallet(investor).available,
      freeUnits: this.freeUnits(investor, session.classId),
    };
    const all = { ...facts, person: { ...facts.person, ...has } };
    const decision = toClass
      ? decideSwitch({ ...all, toClass }, { units: request.kind === 'SELL_UNITS' ? request.units : null })
      : decideDealing(all, request);
    if (!decision.ok) return decision;
    const order = this.add(id, investor, request, session, toClass?.classId ?? null);
    this.setCashAside(order, decision.value.reservedMinor);
    order.reservedUnits = decision.value.reservedUnits;
    return decision;
  }

  private add(id: string, investor: number, request: DealingRequest, session: Session, toClassId: number | null) {
    const order: BookOrder = {
      ...{ id, investor, request, toClassId, classId: session.classId },
      ...{ since: session.dealingDate, cutOffAt: session.cutOffAt },
      ...{ number: BigInt(this.orders.length), state: 'ACCEPTED', reservedMinor: 0n, reservedUnits: 0n },
    };
    this.orders.push(order);
    return order;
  }

  cancel(id: string, now: Date): boolean {
    const order = this.orders.find((one) => one.id === id);
    if (!order || refuseCancel({ status: 'ELIGIBLE', state: order.state, cutOffAt: order.cutOffAt, now })) return false;
    this.finish(order, 'CANCELLED');
    return true;
  }

  /** Closes, prices and books a day for all classes. Nothing happens unless every class has a price that may be dealt at. */
  run(days: readonly RunDay[]): boolean {
    const prices = days.map((day) => ({ day, priced: priceOf(day.nav, day) }));
    if (prices.some(({ priced }) => !priced.ok)) return false;
    const sessions = prices.flatMap(({ day, priced }) => (priced.ok ? [{ day, price: priced.price }] : []));
    for (const { day, price } of sessions) {
      this.close(day);
      this.days.set(`${day.classId} ${day.dealingDate}`, { price, deals: [] });
    }
    for (const { day, price } of sessions) {
      for (const [order, { units, payoutMinor }] of this.redeem(day, price)) {
        this.dues.push(this.due(order, day, day.payoutDate, 0n, payoutMinor));
        this.note(day, { order, buys: false, units, amountMinor: payoutMinor, reservedMinor: 0n });
      }
    }
    for (const { day, price } of sessions) this.buy(day, price);
    return true;
  }

  /** Deals a day of a class again whose price was wrong. False where what was dealt stands. */
  correct(classId: number, date: IsoDate, price: bigint): boolean {
    const day = this.days.get(`${classId} ${date}`);
    if (!day || !isRedealt(day.price, price)) return false;
    const terms = this.terms(classId);
    const redeemed = day.deals.filter(({ buys }) => !buys);
    const paid = redeemed.map((deal) => ({
      ...{ deal, units: deal.units, amountMinor: redealRedemption(deal.units, price, terms).payoutMinor },
    }));
    this.redealSide(paid, date);
    const bought = day.deals.filter(({ buys }) => buys);
    const room = terms.authorisedUnits - (this.issued.get(classId) ?? 0n);
    const outcomes = redealPurchases(bought.map(purchaseOf), price, room, terms);
    const again = outcomes.flatMap(({ id, units, costMinor }) => {
      const deal = bought.find(({ order }) => order.id === id);
      return deal ? [{ deal, units, amountMinor: costMinor }] : [];
    });
    this.redealSide(again, date);
    day.price = price;
    return true;
  }

  /** A person's deals of a side at once: what one of them brings may be what another needs. */
  private redealSide(again: readonly Again[], date: IsoDate) {
    const people = [...new Set(again.map(({ deal }) => deal.order.investor))].sort((a, b) => a - b);
    for (const investor of people)
      this.redeal(
        again.filter(({ deal }) => deal.order.investor === investor),
        date,
      );
  }

  private redeal(again: readonly Again[], date: IsoDate) {
    const [first] = again;
    if (!first) return;
    const { buys, order } = first.deal;
    const dueOf = ({ deal }: Again) => this.dues.find((one) => one.order === deal.order && one.dealt === date);
    const waits = again.some((one) => dueOf(one) !== undefined);
    const moved = { backMinor: 0n, againMinor: 0n, backUnits: 0n, againUnits: 0n };
    for (const { deal, units, amountMinor } of again) {
      // Of a purchase what was released comes again; of a redemption what was paid, once it was.
      if (buys) {
        moved.backMinor += deal.reservedMinor - deal.amountMinor;
        moved.againMinor += deal.reservedMinor - amountMinor;
        moved.backUnits += deal.units;
        moved.againUnits += units;
      } else if (!waits) {
        moved.backMinor += deal.amountMinor;
        moved.againMinor += amountMinor;
      }
    }
    const wallet = this.wallet(order.investor);
    const free = { minor: wallet.available, units: this.freeUnits(order.investor, order.classId) };
    const { lentMinor, lentUnits, returnedMinor, returnedUnits } = bridge(moved, free);
    this.borne.minor += lentMinor - returnedMinor;
    this.borne.units += lentUnits - returnedUnits;
    this.fundCash -= lentMinor - returnedMinor;
    wallet.available += moved.againMinor - moved.backMinor + lentMinor - returnedMinor;
    this.moveUnits(order.investor, order.classId, moved.againUnits - moved.backUnits + lentUnits - returnedUnits);
    for (const one of again) this.replace(one, dueOf(one));
  }

  private replace({ deal, units, amountMinor }: Again, due: Due | undefined) {
    const { order, buys } = deal;
    const more = amountMinor - deal.amountMinor;
    if (due && buys) {
      this.wallet(order.investor).reserved += more;
      order.reservedMinor += more;
      due.costMinor = amountMinor;
    } else if (due) due.payoutMinor = amountMinor;
    else this.fundCash += buys ? more : -more;
    Object.assign(deal, { units, amountMinor });
  }

  private note({ classId, dealingDate }: Session, deal: Omit<Deal, 'date'>) {
    this.days.get(`${classId} ${dealingDate}`)?.deals.push({ ...deal, date: dealingDate });
  }

  /** Everything that is due by a date changes hands; what switches are paid buys their other class. */
  settle(date: IsoDate, carrying?: Carrying) {
    const paid = this.dues.filter((one) => one.date <= date && one.order.toClassId !== null && one.payoutMinor > 0n);
    for (const due of this.dues.filter((one) => one.date <= date)) {
      const wallet = this.wallet(due.order.investor);
      wallet.reserved -= due.costMinor;
      due.order.reservedMinor -= due.costMinor;
      wallet.available += due.payoutMinor;
      this.fundCash += due.costMinor - due.payoutMinor;
    }
    const settled = this.dues.filter((one) => one.date <= date).map(({ order }) => order);
    this.dues = this.dues.filter((one) => one.date > date);
    for (const order of new Set(settled)) {
      if (order.state === 'PRICED' && this.dues.every((due) => due.order !== order)) this.become(order, 'SETTLED');
    }
    if (carrying) for (const due of paid.sort(byOwner)) this.carryOn(due, carrying);
  }

  private carryOn({ order: from, dealt, payoutMinor }: Due, { session, idOf }: Carrying) {
    if (from.toClassId === null) return;
    const request = { kind: 'BUY_AMOUNT', amountMinor: payoutMinor } as const;
    const order = this.add(idOf(from, dealt), from.investor, request, session(from.toClassId), null);
    this.setCashAside(order, payoutMinor);
  }

  private close({ classId, dealingDate }: Session) {
    for (const order of this.orders)
      if (order.classId === classId && order.since <= dealingDate && order.state === 'ACCEPTED')
        this.become(order, 'CUT_OFF');
  }

  private redeem({ classId }: RunDay, price: bigint): [BookOrder, SellOutcome][] {
    const orders = this.orders.filter(
      (one) => one.classId === classId && one.state === 'CUT_OFF' && one.reservedUnits > 0n,
    );
    const sells = orders.map((order) => ({ ...order, units: order.reservedUnits }));
    const outcomes = dealRedemptions(sells, price, this.issued.get(classId) ?? 0n, this.terms(classId));
    return orders.flatMap((order, n): [BookOrder, SellOutcome][] => {
      const outcome = outcomes[n];
      if (!outcome || outcome.units === 0n) return [];
      this.moveUnits(order.investor, classId, -outcome.units);
      order.reservedUnits -= outcome.units;
      if (order.reservedUnits === 0n) this.become(order, 'PRICED');
      return [[order, outcome]];
    });
  }

  private buy(day: RunDay, price: bigint) {
    const { classId, settlementDate } = day;
    const own = this.orders.filter(
      (one) => one.classId === classId && one.state === 'CUT_OFF' && one.reservedMinor > 0n,
    );
    const buys = own.map((order) => ({
      ...order,
      askedUnits: order.request.kind === 'BUY_UNITS' ? order.request.units : null,
    }));
    const outcomes = dealPurchases(buys, price, this.issued.get(classId) ?? 0n, this.terms(classId));
    for (const { id, state, units, costMinor, releaseMinor } of outcomes) {
      const order = own.find((one) => one.id === id) as BookOrder;
      this.note(day, { order, buys: true, units, amountMinor: costMinor, reservedMinor: costMinor + releaseMinor });
      if (state === 'LAPSED') {
        this.finish(order, 'LAPSED');
        continue;
      }
      this.setCashAside(order, -releaseMinor);
      this.moveUnits(order.investor, classId, units);
      this.become(order, 'PRICED');
      this.dues.push(this.due(order, day, settlementDate, costMinor, 0n));
    }
  }

  private due = (order: BookOrder, day: Session, date: IsoDate, costMinor: bigint, payoutMinor: bigint): Due => ({
    ...{ order, date, dealt: day.dealingDate, costMinor, payoutMinor },
  });

  private terms(classId: number): BookClass {
    const terms = this.classes.find((one) => one.classId === classId);
    if (!terms) throw new RangeError(`There is no class ${classId}.`);
    return terms;
  }

  private finish(order: BookOrder, state: 'CANCELLED' | 'LAPSED') {
    this.setCashAside(order, -order.reservedMinor);
    order.reservedUnits = 0n;
    this.become(order, state);
  }

  private become(order: BookOrder, state: OrderState) {
    if (!canBecome(order.state, state)) throw new RangeError(`An order cannot go from ${order.state} to ${state}.`);
    order.state = state;
  }

  private setCashAside(order: BookOrder, amountMinor: bigint) {
    const wallet = this.wallet(order.investor);
    wallet.available -= amountMinor;
    wallet.reserved += amountMinor;
    order.reservedMinor += amountMinor;
  }

  private moveUnits(investor: number, classId: number, units: bigint) {
    this.holdings.set(`${investor} ${classId}`, this.unitsOf(investor, classId) + units);
    this.issued.set(classId, (this.issued.get(classId) ?? 0n) + units);
  }

  /** What is owed to holders who redeemed, and by buyers whose units are booked already. */
  get owed(): { toHolders: bigint; byBuyers: bigint } {
    return this.dues.reduce(
      (sum, { costMinor, payoutMinor }) => ({
        toHolders: sum.toHolders + payoutMinor,
        byBuyers: sum.byBuyers + costMinor,
      }),
      { toHolders: 0n, byBuyers: 0n },
    );
  }
}

const purchaseOf = ({ order, units, reservedMinor }: Deal): DealtPurchase => ({
  ...{ id: order.id, number: order.number, reservedMinor, units },
  askedUnits: order.request.kind === 'BUY_UNITS' ? order.request.units : null,
  lapsed: order.state === 'LAPSED',
});

/** As the batch takes them: by owner, switch and day. */
const byOwner = (a: Due, b: Due): number =>
  a.order.investor - b.order.investor || (`${a.order.id} ${a.dealt}` < `${b.order.id} ${b.dealt}` ? -1 : 1);
