import type { ReactNode } from 'react';

/** A part of a page: its heading in the margin, its content beside it. */
export function Section({
  id,
  title,
  note,
  children,
}: {
  /** For links to it. It names nothing by id, since the page that was left stays in the document, hidden, with ids of its own. */
  id: string;
  title: string;
  /** A short word under the heading: what the part is for, or of what day it is. */
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="margin-heading">
      <div className="grid content-start gap-1">
        <h2 id={id} className="text-[1.25rem] font-700 leading-140 scroll-mt-4">
          {title}
        </h2>
        {note && <div className="text-[0.875rem] text-soft first-letter:uppercase">{note}</div>}
      </div>
      <div className="grid min-w-0 content-start gap-6">{children}</div>
    </section>
  );
}
