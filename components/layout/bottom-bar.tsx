import Link from 'next/link';
import type { Locale } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import type { NavItem } from './chrome';

/** On a phone the five places of an investor stand at the thumb. */
export function BottomBar({ locale, label, items }: { locale: Locale; label: string; items: NavItem[] }) {
  return (
    <nav aria-label={label} className="sticky bottom-0 border-t border-line bg-raised sm:hidden">
      <ul className="grid grid-cols-5">
        {items.map((item) => (
          <li key={item.path}>
            <Link
              data-plain
              href={localePath(locale, item.path)}
              className="flex min-h-14 items-center justify-center px-1 text-center text-[0.8125rem]"
            >
              {item.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
