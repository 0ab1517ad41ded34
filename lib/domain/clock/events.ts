/**
 * What the passing of time alone brings (DOMAIN §12). Whoever moves the clock stops at each of these instants and lets everything happen that is due
 * there before going on: a day's value is struck before the next day's orders close, and each entry has the time at which it was due.
 */
export const CLOCK_EVENTS = [
  'OFFERING_OPENS',
  'OFFERING_CLOSES',
  /** The last moment to withdraw after a new version of a window's prospectus; the list of applicants is made then. */
  'WITHDRAWAL_ENDS',
  'REVEAL_DEADLINE',
  'DRAW_PULSE',
  /** The mid rate 仲値 of a dealing day. */
  'MID_RATE',
  /** A monthly plan's order is placed, or lapses, hours before the cut-off of its dealing day. */
  'PLAN_TURN',
  'CUT_OFF',
  /** A day's value is struck, checked and published, and its orders are dealt. */
  'NAV',
  'SETTLEMENT',
  /** Redemptions are paid, where that is another day than settlement. */
  'PAYOUT',
  /** 決算日: the cut-off of that day, when it is known who is on record. */
  'RECORD_DATE',
  'PROPOSAL_EXPIRES',
  'REVIEW_ENDS',
  'SUITABILITY_EXPIRES',
  'CHECKPOINT',
] as const;
export type ClockEvent = (typeof CLOCK_EVENTS)[number];

/** What can be stepped to by name; `event` is whatever comes first. */
export const CLOCK_TARGETS = ['cut-off', 'nav', 'close', 'settlement', 'record-date', 'event'] as const;
export type ClockTarget = (typeof CLOCK_TARGETS)[number];

const TARGET_EVENTS: Record<ClockTarget, readonly ClockEvent[]> = {
  'cut-off': ['CUT_OFF'],
  nav: ['NAV'],
  close: ['OFFERING_CLOSES'],
  settlement: ['SETTLEMENT', 'PAYOUT'],
  'record-date': ['RECORD_DATE'],
  event: CLOCK_EVENTS,
};

export const eventsOf = (target: ClockTarget): readonly ClockEvent[] => TARGET_EVENTS[target];

/** How far along a run of the clock is, in whole parts of a hundred of the time that it passes through. */
export function percentOf({ from, to, at }: { from: Date; to: Date; at: Date }): number {
  const whole = to.getTime() - from.getTime();
  if (whole <= 0) return 100;
  const done = Math.min(Math.max(at.getTime() - from.getTime(), 0), whole);
  return Math.floor((done * 100) / whole);
}
