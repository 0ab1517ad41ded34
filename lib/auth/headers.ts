/** The security headers of every answer (OWASP ASVS 3.4), and which content security policy a page is under. */

/**
 * Pages that are the same for everybody: static shells, whose inline scripts no nonce of a request can be in. They show nothing that a person
 * typed. `*` is one segment. Every other page is private; a test holds this list against the pages that there are.
 */
export const PUBLIC_PAGES: readonly string[] = [
  '',
  '/about',
  '/accessibility',
  '/calendar',
  '/documents',
  '/documents/*',
  '/documents/*/*',
  '/fund',
  '/fund/prices/*/*',
  '/governance',
  '/offerings',
  '/offerings/*',
  '/offerings/*/result',
  '/slice',
];

const PUBLIC = new RegExp(`^/(en|ja)(${PUBLIC_PAGES.map((page) => page.replaceAll('*', '[^/]+')).join('|')})/?$`);

export const isPublicPage = (path: string): boolean => PUBLIC.test(path);

type Policy = { nonce: string | null; development: boolean; secure: boolean };

export function contentSecurityPolicy({ nonce, development, secure }: Policy): string {
  const scripts = nonce ? [`'nonce-${nonce}'`, "'strict-dynamic'"] : ["'unsafe-inline'"];
  const styles = nonce && !development ? [`'nonce-${nonce}'`] : ["'unsafe-inline'"];
  return [
    "default-src 'self'",
    // React rebuilds stacks of the server with eval, while developing alone.
    ['script-src', "'self'", ...scripts, ...(development ? ["'unsafe-eval'"] : [])].join(' '),
    ['style-src', "'self'", ...styles].join(' '),
    // The style attributes of server-rendered drawings.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

/** Headers of every answer, whatever it is. */
export function commonHeaders(secure: boolean): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), usb=()',
    ...(secure && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
  };
}
