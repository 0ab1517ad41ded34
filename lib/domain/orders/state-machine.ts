/** The declared changes of an order's state (DOMAIN §6, TRUST O1). A first-come order is accepted, priced and settled in one step. */
import type { OrderState } from '../states';

const NEXT: Record<OrderState, readonly OrderState[]> = {
  NEW: ['ACCEPTED', 'REJECTED'],
  ACCEPTED: ['CUT_OFF', 'PRICED', 'CANCELLED', 'LAPSED'],
  CUT_OFF: ['PRICED', 'LAPSED'],
  PRICED: ['SETTLED'],
  SETTLED: [],
  REJECTED: [],
  CANCELLED: [],
  LAPSED: [],
};

export const nextOrderStates = (state: OrderState): readonly OrderState[] => NEXT[state];

export const canBecome = (from: OrderState, to: OrderState): boolean => NEXT[from].includes(to);

/** Nothing follows a finished state, and a finished order holds no reservation (O3). */
export const isFinished = (state: OrderState): boolean => NEXT[state].length === 0;

/** Open orders hold exactly one reservation (O2). */
export const isOpen = (state: OrderState): boolean => state === 'ACCEPTED' || state === 'CUT_OFF' || state === 'PRICED';

/** The states a first-come order passes through within its transaction. */
export const FIRST_COME_PATH: readonly OrderState[] = ['NEW', 'ACCEPTED', 'PRICED', 'SETTLED'];
