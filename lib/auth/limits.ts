/** How often something may be tried (TRUST, sign-in). Counted in real time; what is refused counts too. */
import type { Limit } from '@/db/commands/throttle';

export const LIMITS = {
  /** Failed sign-ins on one account: ten, whoever tries. */
  signInAccount: { name: 'sign-in-account', points: 10, seconds: 15 * 60 },
  /** Failed sign-ins from one address, over all accounts. */
  signInAddress: { name: 'sign-in-address', points: 100, seconds: 15 * 60 },
  signUpAddress: { name: 'sign-up-address', points: 60, seconds: 60 * 60 },
  recoveryAddress: { name: 'recovery-address', points: 60, seconds: 60 * 60 },
  /** Mails with links to one person. Past it none is sent, and the page says the same as ever. */
  linkMails: { name: 'link-mails', points: 5, seconds: 60 * 60 },
  /** Guesses of the current password inside a session. */
  changePassword: { name: 'change-password', points: 10, seconds: 15 * 60 },
  /** Codes tried for one account's second step: a guess in ten thousand would take years. Passkeys are not counted: they cannot be guessed. */
  secondFactor: { name: 'second-factor', points: 5, seconds: 5 * 60 },
  secondFactorDay: { name: 'second-factor-day', points: 50, seconds: 24 * 60 * 60 },
  /** Challenges for signing in by passkey, from one address: each is a row until it is answered or too old. */
  passkeyAddress: { name: 'passkey-address', points: 200, seconds: 15 * 60 },
} as const satisfies Record<string, Limit>;
