import { safeNextPath } from '@/lib/domain/people/session';
import type { Locale } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';

/** The sign-in page to which somebody in the middle of an order is sent: it says that nothing was ordered, and leads back. */
export function wayBackFromOrder(locale: Locale, path: string) {
  const to = wayBackFrom('/sign-in', locale, path);
  return `${to}${to.includes('?') ? '&' : '?'}lost=order` as typeof to;
}

/** The address of a page that leads back to `path` when it is done, if that is a path of this site. */
export function wayBackFrom(page: '/sign-in' | '/second-factor', locale: Locale, path: string | null) {
  const to = localePath(locale, page);
  const next = safeNextPath(path, '');
  return (next ? `${to}?next=${encodeURIComponent(next)}` : to) as typeof to;
}
