import { instantOf } from '../offerings/local-time';
import { CLOCK_TARGETS, type ClockTarget } from './events';

/** How testers say what the simulated clock shall do (DOMAIN §12). It never goes back. */
export type ClockCommand =
  | { act: 'show' }
  /** Stands still where it is; a run that is under way ends there. */
  | { act: 'freeze' }
  | { act: 'next'; target: ClockTarget }
  | { act: 'to'; at: Date }
  | { act: 'for'; seconds: number }
  /** Runs on by itself, in real time where the clock is not ahead of it. */
  | { act: 'real' };

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** `90m`, `2d`, `1h30m` in seconds. */
export function parseDuration(text: string): number | undefined {
  if (!/^(?:\d{1,6}[smhdw])+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+)([smhdw])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
}

/**
 * An instant with its zone: 2026-12-01T09:00:00Z or +09:00; without a zone it would mean something else on each machine. A date alone is its first
 * moment in Tokyo, where it begins before anywhere else that the fund knows.
 */
export function parseInstant(text: string): Date | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return instantOf(`${text}T00:00`, 'Asia/Tokyo') ?? undefined;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

export function parseClockCommand([command = 'show', value, ...rest]: string[]): ClockCommand | undefined {
  if (rest.length > 0) return undefined;
  if (value === undefined)
    return command === 'show' || command === 'freeze' || command === 'real' ? { act: command } : undefined;
  if (command === 'next') {
    const target = CLOCK_TARGETS.find((known) => known === value);
    return target && { act: 'next', target };
  }
  if (command === 'to') {
    const at = parseInstant(value);
    return at && { act: 'to', at };
  }
  if (command === 'step') {
    const seconds = parseDuration(value);
    return seconds === undefined ? undefined : { act: 'for', seconds };
  }
  return undefined;
}
