import { describe, expect, it } from 'vitest';
import { newTotpSecret, totpAddress, totpCode, totpSecondsLeft, totpStep } from './totp';

/** The ASCII key of RFC 6238, appendix B, in base32; its codes there have eight digits, of which an app shows the last six. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('codes of authenticator apps', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('are those of RFC 6238 at %d seconds', (seconds, code) => {
    const at = new Date(seconds * 1000);
    expect(totpCode(RFC_SECRET, at)).toBe(code);
    expect(totpStep(RFC_SECRET, code, at)).toBe(BigInt(Math.floor(seconds / 30)));
  });

  it('are taken one step around, under the number of their own step', () => {
    const secret = newTotpSecret();
    const at = new Date(1_800_000_015_000);
    const step = BigInt(Math.floor(at.getTime() / 30_000));
    for (const off of [-2, -1, 0, 1, 2]) {
      const code = totpCode(secret, new Date(at.getTime() + off * 30_000));
      expect(totpStep(secret, code, at), `${off} steps off`).toBe(Math.abs(off) > 1 ? null : step + BigInt(off));
    }
  });

  it('show for half a minute', () => {
    expect(totpSecondsLeft(new Date(1_800_000_000_000))).toBe(30);
    expect(totpSecondsLeft(new Date(1_800_000_029_999))).toBe(1);
  });

  it('come from 160 bits, told to the app with issuer and account', () => {
    const secret = newTotpSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret()).not.toBe(secret);
    const address = new URL(totpAddress(secret, 'emily+1@example.com'));
    expect(address.protocol).toBe('otpauth:');
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      issuer: 'Wakachi',
      secret,
      digits: '6',
      period: '30',
    });
  });
});
