import type { ReactNode } from 'react';

export type Column = { key: string; label: ReactNode; figure?: boolean };

/**
 * A table with a caption, its first column naming the row. It scrolls inside itself on a narrow screen, and the scrolling box can be
 * reached by keyboard.
 */
export function Table({
  caption,
  captionHidden = false,
  columns,
  rows,
  total,
}: {
  caption: string;
  captionHidden?: boolean;
  columns: readonly Column[];
  rows: readonly { id: string; cells: readonly ReactNode[] }[];
  total?: readonly ReactNode[];
}) {
  const look = (column: Column | undefined) => (column?.figure ? 'text-right figures' : 'text-left');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable without a pointer.
    <section aria-label={caption} tabIndex={0} className="scroll-sideways">
      <table className="w-full">
        <caption className={captionHidden ? 'sr-only' : 'pb-2 text-left text-[0.875rem] text-soft'}>{caption}</caption>
        <thead>
          <tr className="border-b border-line-strong">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={`py-2 pr-4 align-bottom text-[0.875rem] font-400 text-soft last:pr-0 ${look(column)}`}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} id={row.id} className="border-b border-line target:bg-notice-soft">
              {row.cells.map((cell, i) => {
                const column = columns[i];
                const className = `py-3 pr-4 align-baseline last:pr-0 ${look(column)}`;
                return i === 0 ? (
                  <th key={column?.key} scope="row" className={`${className} font-400`}>
                    {cell}
                  </th>
                ) : (
                  <td key={column?.key} className={className}>
                    {cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        {total && (
          <tfoot>
            <tr className="total-rule font-700">
              {total.map((cell, i) => {
                const className = `py-3 pr-4 align-baseline last:pr-0 ${look(columns[i])}`;
                return i === 0 ? (
                  <th key={columns[i]?.key} scope="row" className={className}>
                    {cell}
                  </th>
                ) : (
                  <td key={columns[i]?.key} className={className}>
                    {cell}
                  </td>
                );
              })}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}
