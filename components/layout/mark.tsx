/** The mark: a ring of owners with one slice drawn out. Decoration: the name stands beside it. The icon in app/ is the same drawing. */
export function Mark({ className = 'size-8' }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className} fill="none" strokeWidth="5.5">
      <path d="M 23.51 13.91 A 10 10 0 1 1 16.08 7.22" stroke="currentColor" />
      <path d="M 18.56 4.92 A 10 10 0 0 1 25.54 11.2" className="stroke-slice" />
    </svg>
  );
}
