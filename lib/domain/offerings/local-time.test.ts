import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf, localText } from './local-time';

const NEW_YORK = 'America/New_York';

test.each([
  ['2026-12-01T09:00', NEW_YORK, '2026-12-01T14:00:00.000Z'],
  ['2026-07-01T16:00', NEW_YORK, '2026-07-01T20:00:00.000Z'],
  ['2026-12-01T15:00', 'Asia/Tokyo', '2026-12-01T06:00:00.000Z'],
  // The hour that comes twice is the first of the two, in summer time still.
  ['2026-11-01T01:30', NEW_YORK, '2026-11-01T05:30:00.000Z'],
  ['2026-12-31T23:59', NEW_YORK, '2027-01-01T04:59:00.000Z'],
])('%s in %s', (text, zone, instant) => {
  expect(instantOf(text, zone)?.toISOString()).toBe(instant);
});

test.each([
  '2026-03-08T02:30',
  '2026-02-30T10:00',
  '2026-13-01T10:00',
  '2026-12-01 09:00',
  '2026-12-01T24:00',
  '',
  'soon',
])('%s is no time in New York', (text) => {
  expect(instantOf(text, NEW_YORK)).toBeNull();
});

test('what a clock shows leads back to the instant, but for the hour that comes twice', () => {
  const minutes = fc.integer({ min: 25_000_000, max: 40_000_000 });
  fc.assert(
    fc.property(minutes, fc.constantFrom(NEW_YORK, 'Asia/Tokyo'), (minute, zone) => {
      const at = new Date(minute * 60_000);
      const back = instantOf(localText(at, zone), zone)?.getTime() ?? Number.NaN;
      expect([0, 3_600_000]).toContain(at.getTime() - back);
    }),
  );
});
