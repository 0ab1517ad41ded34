/** Times as a market's own clock shows them: what people type, and what is stored. The zone is an argument; no clock is read. */

const formats = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
}

/** 2026-12-01T09:00, as the clocks of the zone show the instant. */
export function localText(at: Date, timeZone: string): string {
  const parts = Object.fromEntries(
    format(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.year?.padStart(4, '0')}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;

/**
 * The instant at which the clocks of the zone show this text; null where it is no time, or none that they ever show (the hour that summer time
 * leaves out). Of an hour that comes twice it is the first.
 */
export function instantOf(text: string, timeZone: string): Date | null {
  if (!SHAPE.test(text)) return null;
  const asUtc = new Date(`${text}:00Z`);
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString().slice(0, 16) !== text) return null;
  // Offsets change by the hour of the day, so the instant is looked for a day around: the earliest that shows the text.
  for (const hours of [-24, 24]) {
    const near = new Date(asUtc.getTime() + hours * 3_600_000);
    const offset = new Date(`${localText(near, timeZone)}:00Z`).getTime() - near.getTime();
    const candidate = new Date(asUtc.getTime() - offset);
    if (localText(candidate, timeZone) === text) return candidate;
  }
  return null;
}
