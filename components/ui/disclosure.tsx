import type { ReactNode } from 'react';

/** More for those who want it: native, works without script, open on paper. */
export function Disclosure({ id, summary, children }: { id?: string; summary: ReactNode; children: ReactNode }) {
  return (
    <details id={id} className="group">
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 py-2 text-accent underline underline-offset-4 [&::-webkit-details-marker]:hidden">
        <svg
          aria-hidden="true"
          viewBox="0 0 12 12"
          className="size-3 shrink-0 transition-transform duration-150 group-open:rotate-90"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
        >
          <path d="M4 1 L9 6 L4 11" />
        </svg>
        {summary}
      </summary>
      <div className="grid gap-4 pt-2">{children}</div>
    </details>
  );
}
