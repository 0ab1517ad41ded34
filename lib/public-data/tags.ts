/**
 * Tags of what the public pages keep. Whoever changes such data on a page expires them there; jobs and the clock, which other processes move, tell the
 * site when they have changed something (lib/jobs/expire-public-data.ts). An action of the clock's page only starts a run.
 */
export const PUBLIC_TAGS = {
  fund: 'fund',
  nav: 'nav',
  offerings: 'offerings',
  documents: 'documents',
  governance: 'governance',
  calendar: 'calendar',
} as const;
