'use client';

import { useShownOnce } from './action-form';

/** What the form's action has just made and nobody can show again, one a line, to be copied or printed. */
export function ShownOnce({ title, note }: { title: string; note: string }) {
  const lines = useShownOnce();
  if (lines.length === 0) return null;
  return (
    <section aria-label={title} className="grid gap-3 rounded-8 border-2 border-accent p-4">
      <h2 className="font-700">{title}</h2>
      <ol
        lang="en"
        translate="no"
        className="grid gap-x-8 gap-y-1 text-[1.125rem] font-700 tabular-nums sm:grid-cols-2"
      >
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      <p>{note}</p>
    </section>
  );
}
