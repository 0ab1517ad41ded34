/** Codes of authenticator apps (RFC 6238): six digits, a new one each 30 seconds, SHA-1, which is what the apps know. */
import { Secret, TOTP } from 'otpauth';

const SHAPE = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** A code of the step before or after is still taken: clocks differ, and people type. */
const STEPS_OFF = 1;

/** 160 bits, in base32, as apps take it. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What the QR code says. */
export const totpAddress = (secret: string, email: string): string =>
  new TOTP({ issuer: 'Wakachi', label: email, secret, ...SHAPE }).toString();

export const totpCode = (secret: string, at: Date): string =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: at.getTime(), ...SHAPE });

/** How many seconds the code of `at` still shows. */
export const totpSecondsLeft = (at: Date): number => SHAPE.period - (Math.floor(at.getTime() / 1000) % SHAPE.period);

/** The step that a code belongs to, or null if it is none of the steps around `at`. Whether it was used before is not known here. */
export function totpStep(secret: string, code: string, at: Date): bigint | null {
  const timestamp = at.getTime();
  const off = TOTP.validate({
    token: code,
    secret: Secret.fromBase32(secret),
    timestamp,
    window: STEPS_OFF,
    ...SHAPE,
  });
  return off === null ? null : BigInt(TOTP.counter({ timestamp, period: SHAPE.period }) + off);
}
