import { safeNextPath } from '@/lib/domain/people/session';
import type { Locale } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';

/** The address of a page that leads back to `path` when it is done, if that is a path of this site. */
export function wayBackFrom(page: '/sign-in' | '/second-factor', locale: Locale, path: string | null) {
  const to = localePath(locale, page);
  const next = safeNextPath(path, '');
  return (next ? `${to}?next=${encodeURIComponent(next)}` : to) as typeof to;
}
