'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

/** The side bar on a phone: folded away, native, and folded again once it has led somewhere. */
export function DeskMenu({ label, children }: { label: string; children: ReactNode }) {
  const path = usePathname();
  return (
    <details key={path} className="border-b border-line lg:hidden" data-screen-only>
      <summary className="flex min-h-11 cursor-pointer items-center px-4 py-2 font-700">{label}</summary>
      {children}
    </details>
  );
}
