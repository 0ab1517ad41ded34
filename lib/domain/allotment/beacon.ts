/**
 * Public randomness that is mixed into every seed: the pulse of a beacon at an instant that is fixed before the window closes and comes after
 * the last moment at which a side may reveal. Until then nobody can tell what revealing, or not revealing, leads to
 * (docs/decisions/0011-recomputable-draw.md).
 */
import { sha256Hex } from './bytes';

export const BEACON_SOURCES = ['wakachi-simulated'] as const;
export type BeaconSource = (typeof BEACON_SOURCES)[number];

/** `value` is lower-case hex, as the beacon publishes it. */
export type Pulse = { source: BeaconSource; at: Date; value: string };

export type Beacon = {
  /** The pulse that a draw takes, from the last moment at which a side may reveal. */
  pulseAfter: (revealBy: Date) => Date;
  /**
   * The value of a pulse, where it can be computed; null where it has to be compared with what the beacon published. A real beacon (NIST's,
   * drand) is one more entry here, and a job that stores its pulses: nothing else asks where a value comes from.
   */
  valueAt: ((at: Date) => string) | null;
};

const MINUTE = 60_000;

/** A pulse each minute. The one taken comes a full minute or more after the deadline, so that clocks may differ a little. */
const minutely = (revealBy: Date): Date => new Date((Math.ceil(revealBy.getTime() / MINUTE) + 1) * MINUTE);

export const BEACONS: Record<BeaconSource, Beacon> = {
  /**
   * Stands in for a real beacon, as all money here stands in for real money: the same on every machine, for tests, and therefore known to
   * everybody beforehand. Result pages say so.
   */
  'wakachi-simulated': {
    pulseAfter: minutely,
    valueAt: (at) => sha256Hex(`wakachi simulated beacon 1\n${at.toISOString()}\n`),
  },
};
