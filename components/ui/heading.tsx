import type { ReactNode } from 'react';

/** The one h1 of a page, with a sentence that says what the page is for. */
export function PageHeading({ title, lead, kicker }: { title: ReactNode; lead?: ReactNode; kicker?: ReactNode }) {
  return (
    <header className="grid gap-2">
      {kicker && <p className="text-soft">{kicker}</p>}
      <h1 className="text-[1.75rem] font-700 leading-140 sm:text-[2.25rem]">{title}</h1>
      {lead && <p className="measure text-[1.125rem] text-soft">{lead}</p>}
    </header>
  );
}

export function SectionHeading({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <h2 id={id} className="text-[1.25rem] font-700 leading-150 sm:text-[1.5rem]">
      {children}
    </h2>
  );
}
