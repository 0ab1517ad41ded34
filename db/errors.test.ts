import { expect, it, vi } from 'vitest';
import * as here from './errors';

it('an error is known by the copy of the module that did not make it', async () => {
  vi.resetModules();
  const there = await import('./errors');
  expect(there.DatabaseBusyError).not.toBe(here.DatabaseBusyError);
  const busy: unknown = new there.DatabaseBusyError('busy');
  const away: unknown = new there.DatabaseUnavailableError('away', 'unknown');
  expect(busy instanceof here.DatabaseBusyError).toBe(true);
  expect(away instanceof here.DatabaseUnavailableError).toBe(true);
  expect(busy instanceof here.DatabaseUnavailableError).toBe(false);
  expect(here.typedError(away, false)).toBe(away);
  expect(new Error('busy') instanceof here.DatabaseBusyError).toBe(false);
});
