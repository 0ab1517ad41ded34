/**
 * Before every page: `/` goes to the reader's language, and each answer gets its security headers. It may redirect; it never authorizes
 * (TRUST): a request that gets around it reaches pages that check by themselves.
 */
import { type NextRequest, NextResponse } from 'next/server';
import { commonHeaders, contentSecurityPolicy, isPublicPage } from '@/lib/auth/headers';
import { PATH_HEADER } from '@/lib/auth/path-header';
import { env } from '@/lib/env';
import { isLocale, localePath, preferredLocale } from '@/lib/i18n/locale';

export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const { NODE_ENV, SITE_URL } = env();
  const secure = SITE_URL.startsWith('https://');
  if (pathname === '/') {
    const locale = preferredLocale(request.headers.get('accept-language'));
    // Built from the configured address: a Host header names no place that we send people to.
    const response = NextResponse.redirect(new URL(localePath(locale, ''), SITE_URL));
    response.headers.set('vary', 'accept-language');
    return withHeaders(response, commonHeaders(secure));
  }

  const forPage = new Headers(request.headers);
  forPage.set(PATH_HEADER, pathname + search);
  const isPublic = isPublicPage(pathname);
  const nonce = isPublic ? null : Buffer.from(crypto.randomUUID()).toString('base64');
  const policy = contentSecurityPolicy({ nonce, development: NODE_ENV === 'development', secure });
  // Next reads the nonce from the policy of the request and puts it on its scripts.
  forPage.set('content-security-policy', policy);
  const init = { request: { headers: forPage } };
  const response = namesNoLanguage(pathname)
    ? NextResponse.rewrite(new URL(localePath('en', '/-'), request.url), init)
    : NextResponse.next(init);
  return withHeaders(response, {
    ...commonHeaders(secure),
    'content-security-policy': policy,
    ...(!isPublic && { 'cache-control': 'private, no-store' }),
  });
}

/**
 * A first segment that is no language would be taken for one by `[locale]`; it goes where no page is, and the answer is one in the reader's
 * language. Files have a dot in their names.
 */
function namesNoLanguage(pathname: string): boolean {
  const first = pathname.split('/')[1] ?? '';
  return !isLocale(first) && !/^(api|_next)$|\./.test(first);
}

function withHeaders(response: NextResponse, headers: Record<string, string>): NextResponse {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

export const config = { matcher: ['/((?!_next/static|_next/image|icon).*)'] };
