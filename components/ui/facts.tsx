import type { ReactNode } from 'react';

/** Terms and their values, one a row: amounts stand right, words left. */
export function Facts({
  items,
}: {
  items: { term: ReactNode; value: ReactNode; note?: ReactNode; figure?: boolean }[];
}) {
  return (
    <dl className="divide-y divide-line border-y border-line">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are given whole and never reordered.
        <div key={index} className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[min(16rem,40%)_1fr]">
          <dt className="text-soft">{item.term}</dt>
          <dd className={item.figure ? 'tabular-nums sm:text-right' : ''}>
            {item.value}
            {item.note && <div className="text-[0.875rem] text-soft">{item.note}</div>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
