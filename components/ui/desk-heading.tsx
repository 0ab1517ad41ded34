import type { ReactNode } from 'react';
import { Phrased } from './phrased';

/** The one h1 of a page of the desk: smaller than a public page's, since those who work here know where they are. */
export function DeskHeading({
  title,
  lead,
  kicker,
  act,
}: {
  title: ReactNode;
  lead?: ReactNode;
  kicker?: ReactNode;
  act?: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="grid gap-1">
        {kicker && <p className="text-[0.875rem]">{kicker}</p>}
        <h1 className="text-[1.5rem] font-700 leading-130">
          {typeof title === 'string' ? <Phrased>{title}</Phrased> : title}
        </h1>
        {lead && <p className="lead measure text-soft">{lead}</p>}
      </div>
      {act && <div className="flex flex-wrap gap-3">{act}</div>}
    </header>
  );
}
