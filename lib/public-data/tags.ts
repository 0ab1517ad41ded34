/** Tags of what the public pages keep: whoever changes such data, or the clock, expires them. */
export const PUBLIC_TAGS = {
  fund: 'fund',
  nav: 'nav',
  offerings: 'offerings',
  documents: 'documents',
  governance: 'governance',
  calendar: 'calendar',
} as const;
