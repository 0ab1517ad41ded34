/**
 * Forward pricing ブラインド方式 (DOMAIN §5): an order deals at the price of its dealing day, which is worked out after the cut-off, so that nobody can
 * have known it when ordering. This is the one way to a price: whatever deals takes what comes out of here.
 */
import type { IsoDate } from '../calendar/dates';

export type StruckNav = {
  classId: number;
  navDate: IsoDate;
  /** Per quote unit, with the class's price decimals. */
  price: bigint;
  struckAt: Date;
};

/** A class on a day, with the instant at which its orders close. */
export type Session = { classId: number; dealingDate: IsoDate; cutOffAt: Date };

export type NavRefusal = 'nav.other-class' | 'nav.other-day' | 'nav.not-positive' | 'nav.before-cut-off';

export type PriceDecision = { ok: true; price: bigint } | { ok: false; code: NavRefusal };

/** The price that the orders of a session deal at, from the value struck for it. */
export function priceOf(nav: StruckNav, session: Session): PriceDecision {
  if (nav.classId !== session.classId) return { ok: false, code: 'nav.other-class' };
  if (nav.navDate !== session.dealingDate) return { ok: false, code: 'nav.other-day' };
  if (nav.price <= 0n) return { ok: false, code: 'nav.not-positive' };
  if (nav.struckAt < session.cutOffAt) return { ok: false, code: 'nav.before-cut-off' };
  return { ok: true, price: nav.price };
}
