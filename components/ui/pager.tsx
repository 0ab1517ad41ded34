import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';

/** Which rows of how many these are, the ways to the others, and the way to all of them as a file. */
export function Pager({
  label,
  range,
  previous,
  next,
  file,
}: {
  label: string;
  range: ReactNode;
  previous: { label: string; href: Route } | null;
  next: { label: string; href: Route } | null;
  file: { label: string; href: Route } | null;
}) {
  const look = 'inline-flex min-h-11 items-center';
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-1 text-[0.875rem]">
      <p className="text-soft tabular-nums" role="status">
        {range}
      </p>
      {(previous || next) && (
        <nav aria-label={label} className="flex gap-6">
          {previous && (
            <Link href={previous.href} rel="prev" className={look}>
              {previous.label}
            </Link>
          )}
          {next && (
            <Link href={next.href} rel="next" className={look}>
              {next.label}
            </Link>
          )}
        </nav>
      )}
      {file && (
        // A plain link: nothing may fetch a whole table before somebody asks for it.
        <a href={file.href} download className={`${look} ml-auto`} data-screen-only>
          {file.label}
        </a>
      )}
    </div>
  );
}
