/**
 * Before every page: `/` goes to the reader's language. It may redirect; it never authorizes (TRUST).
 */
import { type NextRequest, NextResponse } from 'next/server';
import { localePath, preferredLocale } from '@/lib/i18n/locale';

export function proxy(request: NextRequest): NextResponse {
  if (request.nextUrl.pathname === '/') {
    const locale = preferredLocale(request.headers.get('accept-language'));
    const response = NextResponse.redirect(new URL(localePath(locale, ''), request.url));
    response.headers.set('vary', 'accept-language');
    return response;
  }
  return NextResponse.next();
}

export const config = { matcher: ['/((?!_next/static|_next/image|icon).*)'] };
