/** The one clock in a test's hands: it goes wherever the test says, back as well, and nothing happens by that alone. */
import type { Sql } from './connect';

/** Stands at an instant from now on. */
export const stopClock = (owner: Sql, at: Date) => owner`select set_clock('FROZEN', ${at}, null)`;

/** Stands so many seconds later than it stood. */
export const stepBy = (owner: Sql, seconds: number) =>
  owner`select set_clock('STEPPED', app_now() + make_interval(secs => ${seconds}), null)`;

export const realTime = (owner: Sql) => owner`select set_clock('REAL', null, null)`;
