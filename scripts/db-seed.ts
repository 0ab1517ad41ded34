/**
 * Fills a migrated database with the demonstration, or brings its prices up to today.
 *   --freeze-at 2026-11-18T03:00:00Z    for tests: the system's clock stands still there, and everything is counted from that day
 */
import { parseArgs } from 'node:util';
import { seed } from '@/db/seed';
import { required } from '@/lib/env';

const { values } = parseArgs({ options: { 'freeze-at': { type: 'string' } } });
const freezeAt = values['freeze-at'] === undefined ? undefined : new Date(values['freeze-at']);
if (freezeAt && Number.isNaN(freezeAt.getTime())) {
  console.error('--freeze-at takes an instant such as 2026-11-18T03:00:00Z.');
  process.exit(1);
}
const { made, days } = await seed(required('DATABASE_URL'), freezeAt ? { freezeAt } : {});
console.log(
  made ? `  Made the demonstration fund with ${days} days of prices.` : '  The demonstration fund is up to date.',
);
