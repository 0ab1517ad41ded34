import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';

export type DeskColumn = {
  key: string;
  label: string;
  figure?: boolean;
  /** Where a click on the head leads, and how the table is sorted now; a column without it cannot be sorted by. */
  sort?: { href: Route; now: 'ascending' | 'descending' | 'none' };
};

const ARROWS = { ascending: 'M2 8 L6 3 L10 8', descending: 'M2 4 L6 9 L10 4', none: 'M3 5 L6 2 L9 5 M3 8 L6 11 L9 8' };

function Head({ column }: { column: DeskColumn }) {
  const { label, figure, sort } = column;
  return (
    <th
      scope="col"
      aria-sort={sort && sort.now !== 'none' ? sort.now : undefined}
      className={`py-1 pr-4 align-bottom font-400 text-soft whitespace-nowrap last:pr-0 ${figure ? 'text-right' : 'text-left'}`}
    >
      {sort ? (
        <Link
          data-plain
          href={sort.href}
          scroll={false}
          className="inline-flex min-h-11 items-center gap-1 underline underline-offset-4"
        >
          {label}
          <svg
            aria-hidden="true"
            viewBox="0 0 12 12"
            className={`size-3 shrink-0 ${sort.now === 'none' ? 'opacity-60' : ''}`}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
          >
            <path d={ARROWS[sort.now]} />
          </svg>
        </Link>
      ) : (
        <span className="inline-flex min-h-11 items-center">{label}</span>
      )}
    </th>
  );
}

/**
 * A dense table of the desk: small type, one line a row but for the first column, which names it. It scrolls inside itself on a narrow screen, and the scrolling box
 * can be reached by keyboard. It sorts by links, so that it works without a script.
 */
export function DeskTable({
  caption,
  columns,
  rows,
  empty,
}: {
  caption: string;
  columns: readonly DeskColumn[];
  rows: readonly { id: string; cells: readonly ReactNode[] }[];
  /** What stands there when there is no row: what to do about it. */
  empty: ReactNode;
}) {
  if (rows.length === 0) return <p className="border-y border-line py-4 text-soft">{empty}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable without a pointer.
    <section aria-label={caption} tabIndex={0} className="scroll-sideways">
      <table className="w-full text-[0.875rem] leading-150">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line-strong">
            {columns.map((column) => (
              <Head key={column.key} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className="border-b border-line hover:bg-sunken">
              {row.cells.map((cell, i) => {
                const column = columns[i];
                const look = `py-2 pr-4 align-baseline last:pr-0 ${column?.figure ? 'text-right figures' : 'text-left'}`;
                return i === 0 ? (
                  <th key={column?.key} scope="row" className={`${look} min-w-32 font-400`}>
                    {cell}
                  </th>
                ) : (
                  <td key={column?.key} className={`${look} whitespace-nowrap`}>
                    {cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
