import type { ReactNode } from 'react';

/** One wallet: what can be spent in great figures, what is set aside below it. */
export function CashAmounts({
  title,
  available,
  rows,
}: {
  title: ReactNode;
  available: { label: ReactNode; text: string };
  rows: { label: ReactNode; text: string }[];
}) {
  return (
    <section className="grid content-start gap-3 rounded-8 border border-line bg-raised p-4 sm:p-6">
      <h3 className="font-700">{title}</h3>
      <dl className="grid gap-1">
        <dt className="text-[0.875rem] text-soft">{available.label}</dt>
        <dd className="figures text-[1.75rem] font-700 leading-130">{available.text}</dd>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are given whole and never reordered.
          <div key={index} className="flex flex-wrap justify-between gap-x-4 text-[0.9375rem]">
            <dt className="text-soft">{row.label}</dt>
            <dd className="figures">{row.text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
