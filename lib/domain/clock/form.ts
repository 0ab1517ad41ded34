/** What the clock goes on by, in its form. */
export const CLOCK_UNITS = ['hours', 'days', 'weeks'] as const;
export type ClockUnit = (typeof CLOCK_UNITS)[number];

/** Days of 24 hours, as on the command line. */
export const SECONDS_OF: Record<ClockUnit, number> = { hours: 3_600, days: 86_400, weeks: 604_800 };
