/** How long a session lasts and what its lists show (TRUST, sessions). */
import type { Role } from '../states';

/** Seconds: without a request, and at most. Staff can do more harm and get less. Real time, not the simulated clock's. */
export const SESSION_LIFETIMES = {
  citizen: { idle: 60 * 60, longest: 24 * 60 * 60 },
  staff: { idle: 15 * 60, longest: 12 * 60 * 60 },
} as const;

export const RESET_MINUTES = 30;
export const VERIFY_HOURS = 24;

/** What a browser's own name says to a person: which browser, on what. Anything else is `other`. */
export function describeUserAgent(userAgent: string): { browser: string | null; system: string | null } {
  const text = userAgent.slice(0, 300);
  const first = (pairs: [RegExp, string][]) => pairs.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  return {
    browser: first([
      [/Edg(e|A|iOS)?\//, 'Microsoft Edge'],
      [/OPR\/|Opera/, 'Opera'],
      [/SamsungBrowser\//, 'Samsung Internet'],
      [/Firefox\/|FxiOS\//, 'Firefox'],
      [/Chrom(e|ium)\/|CriOS\//, 'Chrome'],
      [/Safari\//, 'Safari'],
    ]),
    system: first([
      [/iPhone|iPod/, 'iPhone'],
      [/iPad/, 'iPad'],
      [/Android/, 'Android'],
      [/Windows/, 'Windows'],
      [/Mac OS X|Macintosh/, 'macOS'],
      [/CrOS/, 'ChromeOS'],
      [/Linux/, 'Linux'],
    ]),
  };
}

/** Where somebody who has signed in begins. */
export const homeOf = (role: Role) => (role === 'CITIZEN' ? '/overview' : '/operator');

/**
 * Where to go after signing in: a path of this site in one of its languages, or the fallback. A URL of another host in any disguise
 * (//evil, /\evil, @evil, javascript:) is not such a path.
 */
export function safeNextPath(raw: unknown, fallback: string): string {
  if (typeof raw !== 'string' || raw.length > 500) return fallback;
  if (!/^\/(en|ja)(\/[A-Za-z0-9._~%/-]*)?(\?[A-Za-z0-9._~%=&+-]*)?$/.test(raw)) return fallback;
  if (raw.includes('//') || /(^|\/)\.\.?(\/|$|\?)/.test(raw) || /%(2f|5c|00|0a|0d)/i.test(raw)) return fallback;
  return raw;
}
