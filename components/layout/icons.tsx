/** The five places of an investor, drawn like the mark: even lines, one part in the colour of the slice. */
import type { ReactNode } from 'react';

const DRAWINGS = {
  overview: (
    <>
      <path d="M 17.6 12.7 A 6.6 6.6 0 1 1 11.7 6.1" strokeWidth="3.6" />
      <path d="M 14.1 4 A 6.6 6.6 0 0 1 19.6 9.4" strokeWidth="3.6" className="stroke-slice" />
    </>
  ),
  offerings: (
    <>
      <path d="M 5 3.5 H 15 L 19 7.5 V 20.5 H 5 Z" />
      <path d="M 12 9.5 V 17 M 8.2 13.2 H 15.8" className="stroke-slice" />
    </>
  ),
  activity: (
    <>
      <path d="M 9 6 H 20 M 9 12 H 20 M 9 18 H 20" />
      <path d="M 3.5 6 H 5.5 M 3.5 12 H 5.5 M 3.5 18 H 5.5" className="stroke-slice" />
    </>
  ),
  cash: (
    <>
      <path d="M 3 6.5 H 21 V 17.5 H 3 Z" />
      <circle cx="12" cy="12" r="2.6" className="stroke-slice" />
    </>
  ),
  account: (
    <>
      <path d="M 4.5 20.5 C 5.5 16 8.5 14 12 14 C 15.5 14 18.5 16 19.5 20.5" />
      <circle cx="12" cy="7.5" r="3.7" className="stroke-slice" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof DRAWINGS;

export const isIconName = (name: string): name is IconName => name in DRAWINGS;

export function Icon({ name, className = 'size-6' }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
    >
      {DRAWINGS[name]}
    </svg>
  );
}
