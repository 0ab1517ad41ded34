/** How testers say what the simulated clock shall do (DOMAIN §12). `step` moves a standing clock on; the others put it into a state. */
export type ClockChange =
  | { to: 'real' }
  | { to: 'frozen'; at: Date | null }
  | { to: 'shifted'; seconds: number }
  | { to: 'stepped'; seconds: number }
  | { to: 'stepped'; at: Date };

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** `90m`, `-2d`, `1h30m` in seconds. */
export function parseDuration(text: string): number | undefined {
  const match = /^([+-]?)((?:\d{1,6}[smhdw])+)$/.exec(text);
  if (!match) return undefined;
  const parts = [...(match[2] ?? '').matchAll(/(\d+)([smhdw])/g)];
  const seconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
  return match[1] === '-' ? -seconds : seconds;
}

/** An instant with its zone: 2026-12-01T09:00:00Z or +09:00. Without a zone it would mean something else on each machine. */
export function parseInstant(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

export function parseClockCommand([command, value, ...rest]: string[]): ClockChange | undefined {
  if (rest.length > 0) return undefined;
  const at = value === undefined ? undefined : parseInstant(value);
  const seconds = value === undefined ? undefined : parseDuration(value);
  if (command === 'real' && value === undefined) return { to: 'real' };
  if (command === 'freeze' && value === undefined) return { to: 'frozen', at: null };
  if (command === 'freeze' && at) return { to: 'frozen', at };
  if (command === 'step' && at) return { to: 'stepped', at };
  if (command === 'step' && seconds !== undefined) return { to: 'stepped', seconds };
  if (command === 'shift' && seconds !== undefined) return { to: 'shifted', seconds };
  return undefined;
}
