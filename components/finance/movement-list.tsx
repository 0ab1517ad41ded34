import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';

export type MovementItem = {
  id: string;
  what: string;
  /** Where the whole story of this movement stands. */
  href?: Route;
  linkLabel?: string;
  note?: ReactNode;
  when: string;
  state: string;
  /** `open` waits for something; `void` came to nothing, so its amounts are struck out. */
  tone: 'done' | 'open' | 'void';
  /** What came and what went, with signs. */
  changes: { text: string; label?: string }[];
};

const TONES = {
  done: 'border-line text-soft',
  open: 'border-notice bg-notice-soft text-ink',
  void: 'border-line bg-sunken text-soft',
};

/** Movements of cash and units, one an entry, newest first: what, when, its state in a word, and the amounts at the right edge. */
export function MovementList({ items, label }: { items: MovementItem[]; label: string }) {
  return (
    <ol aria-label={label} className="divide-y divide-line border-y border-line">
      {items.map((item) => (
        <li key={item.id} className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[1fr_auto]">
          <div className="grid content-start gap-1">
            <p className="font-700">
              {item.href ? (
                <Link href={item.href} aria-label={item.linkLabel && `${item.what} (${item.linkLabel})`}>
                  {item.what}
                </Link>
              ) : (
                item.what
              )}
            </p>
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.875rem] text-soft">
              <span>{item.when}</span>
              <span className={`rounded-4 border px-2 ${TONES[item.tone]}`}>{item.state}</span>
            </p>
            {item.note && <div className="text-[0.875rem] text-soft">{item.note}</div>}
          </div>
          <ul className={`content-start text-right ${item.tone === 'void' ? 'text-soft line-through' : ''}`}>
            {item.changes.map((change) => (
              <li key={change.text} className="figures">
                {change.text}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
