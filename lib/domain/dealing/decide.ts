/**
 * What becomes of an order at NAV when it is placed or cancelled (DOMAIN §5, §6): which rule refuses it, or what it sets aside. This is the reference for
 * db/functions/dealing-orders.sql, which decides the same under the lock of the wallet; property tests hold the two together.
 */
import type { IsoDate } from '../calendar/dates';
import { MAX_TYPED } from '../money/parse';
import type { ClassQuotation } from '../orders/pricing';
import type { Country, InvestorStatus, OrderState } from '../states';
import { reserveForUnits } from './amounts';

export type DealingRequest =
  | { kind: 'BUY_AMOUNT'; amountMinor: bigint }
  | { kind: 'BUY_UNITS' | 'SELL_UNITS'; units: bigint }
  | { kind: 'SELL_ALL' };

export type DealtClass = ClassQuotation & {
  classId: number;
  country: Country;
  /** Continuous dealing has begun. */
  dealing: boolean;
  /** The last published price: for the estimate of an order by units, never what it deals at. Null before the first. */
  lastPrice: bigint | null;
};

export type DealingFacts = {
  person: {
    status: InvestorStatus;
    country: Country | null;
    suitabilityExpiresAt: Date | null;
    availableMinor: bigint;
    /** Units held, without those that are set aside for orders. */
    freeUnits: bigint;
    openedProspectus: boolean;
    agreed: boolean;
  };
  unitClass: DealtClass;
  /** The dealing day that the person was shown, and that an order would have now. */
  expectedDate: IsoDate;
  dealingDate: IsoDate;
  now: Date;
};

export const DEALING_REFUSALS = [
  'order.not-eligible',
  'order.other-country',
  'order.suitability-expired',
  'order.dealing-not-open',
  'order.day-changed',
  'order.prospectus-not-opened',
  'order.consent-missing',
  'amount.zero',
  'amount.too-large',
  'order.no-price',
  'order.insufficient-cash',
  'order.insufficient-units',
] as const;
export type DealingRefusal = (typeof DEALING_REFUSALS)[number];

/** What an order sets aside: cash for a purchase, units for the others. */
export type SetAside = { reservedMinor: bigint; reservedUnits: bigint };
export type DealingDecision = { ok: true; value: SetAside } | { ok: false; code: DealingRefusal };

const refuse = (code: DealingRefusal): DealingDecision => ({ ok: false, code });
const isPurchase = (request: DealingRequest): boolean => request.kind === 'BUY_AMOUNT' || request.kind === 'BUY_UNITS';

/** The first rule that stands against the order gives the refusal; the order of the rules is part of the contract with the database. */
export function decideDealing(facts: DealingFacts, request: DealingRequest): DealingDecision {
  const code =
    refusePerson(facts, request) ?? refuseSession(facts) ?? (isPurchase(request) ? refuseDocument(facts.person) : null);
  if (code) return refuse(code);
  const asked = askedOf(request);
  if (asked !== null && asked <= 0n) return refuse('amount.zero');
  if (asked !== null && asked > MAX_TYPED) return refuse('amount.too-large');
  return isPurchase(request) ? setCashAside(facts, request) : setUnitsAside(facts, asked);
}

/** Null for all that the person has. */
function askedOf(request: DealingRequest): bigint | null {
  if (request.kind === 'SELL_ALL') return null;
  return request.kind === 'BUY_AMOUNT' ? request.amountMinor : request.units;
}

/** Whoever buys must be eligible for what they buy; whoever only redeems may, unless the account is frozen. */
function refusePerson({ person, unitClass, now }: DealingFacts, request: DealingRequest): DealingRefusal | null {
  if (isPurchase(request)) return refusePurchaser(person, unitClass.country, now);
  return person.status === 'FROZEN' ? 'order.not-eligible' : null;
}

/** What stands against any purchase of a class by this person, by order or by plan. */
export function refusePurchaser(
  person: Pick<DealingFacts['person'], 'status' | 'country' | 'suitabilityExpiresAt'>,
  country: Country | null,
  now: Date,
): 'order.not-eligible' | 'order.other-country' | 'order.suitability-expired' | null {
  if (person.status !== 'ELIGIBLE') return 'order.not-eligible';
  if (person.country !== country) return 'order.other-country';
  return person.suitabilityExpiresAt && person.suitabilityExpiresAt <= now ? 'order.suitability-expired' : null;
}

/** A cut-off that passes between reading and confirming changes the day, and with it the price: the person is asked again. */
function refuseSession({ unitClass, expectedDate, dealingDate }: DealingFacts): DealingRefusal | null {
  if (!unitClass.dealing) return 'order.dealing-not-open';
  return expectedDate === dealingDate ? null : 'order.day-changed';
}

/** Whoever buys has opened the newest prospectus, and agreed to it. */
export function refuseDocument({
  openedProspectus,
  agreed,
}: Pick<DealingFacts['person'], 'openedProspectus' | 'agreed'>):
  | 'order.prospectus-not-opened'
  | 'order.consent-missing'
  | null {
  if (!openedProspectus) return 'order.prospectus-not-opened';
  return agreed ? null : 'order.consent-missing';
}

function setCashAside({ person, unitClass }: DealingFacts, request: DealingRequest): DealingDecision {
  let reservedMinor = 0n;
  if (request.kind === 'BUY_AMOUNT') reservedMinor = request.amountMinor;
  if (request.kind === 'BUY_UNITS') {
    if (unitClass.lastPrice === null) return refuse('order.no-price');
    reservedMinor = reserveForUnits(request.units, unitClass.lastPrice, unitClass);
  }
  if (reservedMinor > person.availableMinor) return refuse('order.insufficient-cash');
  return { ok: true, value: { reservedMinor, reservedUnits: 0n } };
}

function setUnitsAside({ person }: DealingFacts, asked: bigint | null): DealingDecision {
  const reservedUnits = asked ?? person.freeUnits;
  if (reservedUnits === 0n || reservedUnits > person.freeUnits) return refuse('order.insufficient-units');
  return { ok: true, value: { reservedMinor: 0n, reservedUnits } };
}

export type CancelRefusal = 'order.not-eligible' | 'order.not-waiting' | 'order.cut-off-passed';

/** Null where the order can be cancelled 取消: before its cut-off only, whatever the job has recorded by then. */
export function refuseCancel(facts: {
  status: InvestorStatus;
  state: OrderState;
  cutOffAt: Date;
  now: Date;
}): CancelRefusal | null {
  if (facts.status === 'FROZEN') return 'order.not-eligible';
  if (facts.state !== 'ACCEPTED' && facts.state !== 'CUT_OFF') return 'order.not-waiting';
  return facts.state === 'CUT_OFF' || facts.now >= facts.cutOffAt ? 'order.cut-off-passed' : null;
}
