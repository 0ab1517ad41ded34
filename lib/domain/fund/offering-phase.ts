/** What a reader is told of an offering: a stored state and a window, at one instant. */
import type { OfferingState } from '@/lib/domain/states';

export const OFFERING_PHASES = ['OPEN', 'SOLD_OUT', 'UPCOMING', 'CLOSED', 'CANCELLED'] as const;
export type OfferingPhase = (typeof OFFERING_PHASES)[number];

/** States that the public may see; drafts and what still awaits joint approval are not among them. */
export const PUBLIC_OFFERING_STATES = ['APPROVED', 'OPEN', 'CLOSED', 'ALLOTTED', 'SETTLED', 'CANCELLED'] as const;

/**
 * The window decides besides the state, because the job that changes the state runs a moment after the clock does.
 * `leftUnits` is null where nothing runs out: in a window, subscriptions collect until the close.
 */
export function offeringPhase(
  offering: { state: OfferingState; opensAt: Date; closesAt: Date; leftUnits: bigint | null },
  now: Date,
): OfferingPhase {
  if (offering.state === 'CANCELLED') return 'CANCELLED';
  if (offering.state !== 'OPEN' && offering.state !== 'APPROVED') return 'CLOSED';
  if (now >= offering.closesAt) return 'CLOSED';
  if (offering.state === 'APPROVED' || now < offering.opensAt) return 'UPCOMING';
  return offering.leftUnits !== null && offering.leftUnits <= 0n ? 'SOLD_OUT' : 'OPEN';
}
