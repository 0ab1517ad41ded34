import type { OfferingState } from '../states';

/** What a reader sees of an offering: whether it is to come, open, over, or called off. */
export const OFFERING_PHASES = ['HIDDEN', 'UPCOMING', 'OPEN', 'CLOSED', 'CANCELLED'] as const;
export type OfferingPhase = (typeof OFFERING_PHASES)[number];

export type OfferingWindow = { state: OfferingState; opensAt: Date; closesAt: Date };

/**
 * The phase at an instant. From approval on the window decides, not the job that records the change of state: an offering opens and
 * closes on the second, whether or not a worker is awake. The window contains its first instant and not its last.
 */
export function offeringPhase({ state, opensAt, closesAt }: OfferingWindow, now: Date): OfferingPhase {
  if (state === 'CANCELLED') return 'CANCELLED';
  if (state === 'DRAFT' || state === 'IN_APPROVAL') return 'HIDDEN';
  if (state === 'CLOSED' || state === 'ALLOTTED' || state === 'SETTLED') return 'CLOSED';
  if (now < opensAt) return 'UPCOMING';
  return now < closesAt ? 'OPEN' : 'CLOSED';
}
