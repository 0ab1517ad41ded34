/** The code that an authenticator app of the demonstration's staff would show now: npm run code */
import { totpCode, totpSecondsLeft } from '@/lib/auth/totp';
import { DEMO_TOTP_SECRET } from './lib/personas.mjs';

const now = new Date();
console.log(
  `${totpCode(DEMO_TOTP_SECRET, now)}  for ${totpSecondsLeft(now)} s; for the staff of the demonstration, each of whom can use it once`,
);
