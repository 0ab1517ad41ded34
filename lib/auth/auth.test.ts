import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setEnv } from '@/lib/env';
import { addressBlock, clientAddress } from './client-address';
import { commonHeaders, contentSecurityPolicy, isPublicPage } from './headers';
import { isSameOrigin } from './same-origin';
import { sessionCookieName, sessionCookieOptions } from './session-token';

describe('the caller’s address', () => {
  it('is the socket’s, whatever a caller claims', () => {
    fc.assert(
      fc.property(fc.string(), (forged) => {
        expect(clientAddress('198.51.100.9', forged, 0)).toBe('198.51.100.9');
      }),
    );
  });
  it('is what the trusted proxies wrote, whatever stands to the left of it', () => {
    fc.assert(
      fc.property(fc.string(), (forged) => {
        expect(clientAddress('10.0.0.1', `${forged}, 203.0.113.5`, 1)).toBe('203.0.113.5');
        expect(clientAddress('10.0.0.1', `${forged}, 203.0.113.5, 10.0.0.2`, 2)).toBe('203.0.113.5');
      }),
    );
  });
  it('falls back to the socket’s when a proxy wrote none', () => {
    expect(clientAddress('10.0.0.1', null, 1)).toBe('10.0.0.1');
    expect(clientAddress('10.0.0.1', 'nonsense', 1)).toBe('10.0.0.1');
    expect(clientAddress(null, null, 0)).toBeNull();
    expect(clientAddress('::ffff:192.0.2.1', null, 0)).toBe('192.0.2.1');
  });
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:0:0:1:2:3:4', '2001:db8:0:0'],
    ['2001:0db8:0:1::9', '2001:db8:0:1'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    [null, 'unknown'],
  ])('%s is throttled as %s', (address, block) => expect(addressBlock(address)).toBe(block));
});

describe('the policies of pages', () => {
  const pages = (group: string): string[] =>
    readdirSync(`app/[locale]/(${group})`, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(^|\/)page\.tsx$/.test(file))
      .map((file) => `/en/${file.replace(/\/?page\.tsx$/, '').replace(/\[[^\]]+\]/g, 'x')}`.replace(/\/$/, ''));

  it('are the static one for public pages and the nonce for all others', () => {
    expect(pages('public').filter((page) => !isPublicPage(page))).toEqual([]);
    expect([...pages('account'), ...pages('investor')].filter(isPublicPage)).toEqual([]);
  });
  it('let no inline script into a private page', () => {
    const policy = contentSecurityPolicy({ nonce: 'abc', development: false, secure: true });
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).toContain("frame-ancestors 'none'");
  });
  it.each([
    '/en/overview',
    '/ja/operator',
    '/en/offerings/x/y/z',
    '/de/fund',
    '/en/fund/../overview',
    '/api/health',
    '/en/fundamental',
  ])('take %s for private', (path) => expect(isPublicPage(path)).toBe(false));
});

describe('behind https', () => {
  it('the cookie is bound to the host and to https, and browsers are told to stay there', () => {
    setEnv({ SITE_URL: 'https://wakachi.example' });
    expect(sessionCookieName()).toBe('__Host-wakachi-session');
    expect(sessionCookieOptions()).toMatchObject({ httpOnly: true, secure: true, sameSite: 'lax', path: '/' });
    expect(commonHeaders(true)['strict-transport-security']).toContain('max-age=63072000');
    expect(isSameOrigin('https://wakachi.example')).toBe(true);
    for (const foreign of [
      null,
      'null',
      'http://wakachi.example',
      'https://wakachi.example.evil',
      'https://evil.example',
      'https://wakachi.example:444',
      '',
    ]) {
      expect(isSameOrigin(foreign)).toBe(false);
    }
    setEnv({ SITE_URL: undefined });
  });
  it('plain http on one’s own machine has a plain cookie', () => {
    expect(sessionCookieName()).toBe('wakachi-session');
    expect(commonHeaders(false)).not.toHaveProperty('strict-transport-security');
  });
});
