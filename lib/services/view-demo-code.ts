import { read } from '@/db/client';
import { realNow } from '@/db/queries/factors';
import { totpCode, totpSecondsLeft } from '@/lib/auth/totp';
import { DEMO_TOTP_SECRET, PERSONAS } from '@/scripts/lib/personas.mjs';

export type DemoCode = { code: string; secondsLeft: number; secret: string; emails: string[] };

/** What the authenticator app of the demonstration's staff shows now. */
export async function viewDemoCode(): Promise<DemoCode> {
  const now = await read((db) => realNow(db));
  return {
    code: totpCode(DEMO_TOTP_SECRET, now),
    secondsLeft: totpSecondsLeft(now),
    secret: DEMO_TOTP_SECRET,
    emails: Object.values(PERSONAS)
      .filter(({ role }) => role)
      .map(({ email }) => email),
  };
}
