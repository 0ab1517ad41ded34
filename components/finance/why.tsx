import type { ReactNode } from 'react';
import { Disclosure } from '@/components/ui/disclosure';

/** Where a figure comes from: formula, the values that went in, the rule that rounded it. Closed until somebody asks. */
export function Why({
  title,
  labels,
  items,
}: {
  title: ReactNode;
  labels: { formula: string; inputs: string; result: string; rule: string };
  items: { name: ReactNode; formula: ReactNode; inputs: ReactNode[]; result: ReactNode; rule: ReactNode }[];
}) {
  return (
    <Disclosure summary={title}>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the items are given whole and never reordered.
        <section key={index} className="grid gap-1">
          <h3 className="font-700">{item.name}</h3>
          <dl className="grid gap-x-4 gap-y-1 text-[0.9375rem] sm:grid-cols-[6rem_1fr]">
            <dt className="text-soft">{labels.formula}</dt>
            <dd>{item.formula}</dd>
            <dt className="text-soft">{labels.inputs}</dt>
            <dd>
              <ul>
                {item.inputs.map((input, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                  <li key={at} className="tabular-nums">
                    {input}
                  </li>
                ))}
              </ul>
            </dd>
            <dt className="text-soft">{labels.result}</dt>
            <dd className="tabular-nums">{item.result}</dd>
            <dt className="text-soft">{labels.rule}</dt>
            <dd>{item.rule}</dd>
          </dl>
        </section>
      ))}
    </Disclosure>
  );
}
