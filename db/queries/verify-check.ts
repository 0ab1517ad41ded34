/** One invariant of TRUST as a statement over the whole database. */
export type Check = {
  /** As docs/testing.md and the design number them: L1 … I6. */
  id: string;
  says: string;
  /** Gives a row `place` for each violation. Null where data alone cannot show it: then `says` names what does. */
  violations: string | null;
};
