import type { ReactNode } from 'react';

const TONES = {
  info: 'border-accent bg-accent-soft',
  // On this ground a link has too little contrast in its own colour; its underline tells it.
  notice: 'border-notice bg-notice-soft [&_a:not([data-plain])]:text-ink',
  good: 'border-good bg-good-soft',
  danger: 'border-danger bg-danger-soft',
};

/** Something the reader should not miss: a state, what follows from it, what to do. */
export function Callout({
  tone = 'info',
  title,
  children,
}: {
  tone?: keyof typeof TONES;
  title: ReactNode;
  children?: ReactNode;
}) {
  return (
    <section className={`measure rounded-8 border-l-8 p-4 ${TONES[tone]}`}>
      <h2 className="font-700">{title}</h2>
      {children && <div className="mt-1 grid gap-2">{children}</div>}
    </section>
  );
}
