'use client';

import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

/** A link of a navigation that knows whether it leads to where the reader is: `aria-current`, and the look that follows from it. */
export function NavLink({
  href,
  className,
  exact = false,
  children,
}: {
  href: Route;
  className: string;
  /** Current on its own page alone, not on those below it. */
  exact?: boolean;
  children: ReactNode;
}) {
  const path = usePathname();
  const current = path === href ? 'page' : !exact && path.startsWith(`${href}/`) ? 'true' : undefined;
  return (
    <Link data-plain href={href} aria-current={current} className={className}>
      {children}
    </Link>
  );
}

/** The same link before it is known where the reader is; without a script it stays. */
export function PlainLink({ href, className, children }: { href: Route; className: string; children: ReactNode }) {
  return (
    <Link data-plain href={href} className={className}>
      {children}
    </Link>
  );
}
