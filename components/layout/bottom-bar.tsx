import { Suspense } from 'react';
import type { Locale } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import type { NavItem } from './chrome';
import { Icon, isIconName } from './icons';
import { NavLink, PlainLink } from './nav-link';

const LOOK =
  'flex min-h-15 flex-col items-center justify-center gap-0.5 border-t-3 border-transparent px-0.5 pb-[env(safe-area-inset-bottom)] text-center text-[0.75rem] leading-120 text-soft aria-[current]:border-accent aria-[current]:font-700 aria-[current]:text-ink';

/** On a phone the five places of an investor stand at the thumb. */
export function BottomBar({ locale, label, items }: { locale: Locale; label: string; items: NavItem[] }) {
  return (
    <nav aria-label={label} className="sticky bottom-0 border-t border-line bg-raised sm:hidden">
      <ul className="grid grid-cols-5">
        {items.map((item) => {
          const icon = item.path.slice(1);
          const href = localePath(locale, item.path);
          const face = (
            <>
              {isIconName(icon) && <Icon name={icon} />}
              {item.label}
            </>
          );
          return (
            <li key={item.path}>
              <Suspense fallback={<PlainLink {...{ href, className: LOOK }}>{face}</PlainLink>}>
                <NavLink href={href} className={LOOK}>
                  {face}
                </NavLink>
              </Suspense>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
