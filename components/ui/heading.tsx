import type { ReactNode } from 'react';
import { Phrased } from './phrased';

/** The one h1 of a page, with a sentence that says what the page is for. */
export function PageHeading({
  title,
  lead,
  kicker,
  large = false,
}: {
  title: ReactNode;
  lead?: ReactNode;
  kicker?: ReactNode;
  /** For the landing page alone. */
  large?: boolean;
}) {
  return (
    <header className="grid gap-3">
      {kicker && <p className="text-soft">{kicker}</p>}
      <h1
        className={`font-700 leading-130 ${large ? 'text-[2rem] sm:text-[2.25rem] lg:text-[3rem]' : 'text-[1.75rem] sm:text-[2.25rem]'}`}
      >
        {typeof title === 'string' ? <Phrased>{title}</Phrased> : title}
      </h1>
      {lead && <p className="lead measure text-[1.125rem] text-soft">{lead}</p>}
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
