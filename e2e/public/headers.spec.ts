/** The security headers, as they arrive (docs/security.md). */
import { expect, test } from '../fixtures';
import { isPublic, PAGES } from '../fixtures/pages';

const directives = (policy: string): Record<string, string> =>
  Object.fromEntries(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(' ');
      return [name, sources.join(' ')];
    }),
  );

for (const listed of PAGES.filter((page, index) => PAGES.findIndex(({ route }) => route === page.route) === index)) {
  test(`/en${listed.path}`, async ({ context: { request }, login }) => {
    if (listed.as) await login(listed.as);
    const response = await request.get(`/en${listed.path}`, { maxRedirects: 0 });
    expect(response.status()).toBe(200);
    const headers = response.headers();
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    const policy = directives(headers['content-security-policy'] ?? '');
    expect(policy).toMatchObject({
      'default-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
    });
    if (isPublic(listed)) {
      expect(policy['script-src']).not.toContain('nonce');
      return;
    }
    expect(headers['cache-control']).toBe('private, no-store');
    expect(policy['script-src']).toMatch(/^'self' 'nonce-[\w+/=]{20,}' 'strict-dynamic'$/);
    // A nonce that comes twice protects nothing.
    const again = await request.get(`/en${listed.path}`);
    expect(directives(again.headers()['content-security-policy'] ?? '')['script-src']).not.toBe(policy['script-src']);
  });
}

test('files of the build may be kept for ever', async ({ page }) => {
  await page.goto('/en');
  const script = await page.locator('script[src*="/_next/static/"]').first().getAttribute('src');
  const answer = await page.request.get(script ?? '');
  expect(answer.headers()['cache-control']).toContain('immutable');
});
