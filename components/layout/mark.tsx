/** The mark: a ring of owners with one slice drawn out. Decoration: the name stands beside it. */
export function Mark({ className = 'size-8' }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className} fill="none" stroke="currentColor" strokeWidth="6">
      <path d="M 16 5 A 11 11 0 1 0 26.2 11.9" transform="rotate(4 16 16)" />
      <path d="M 19.4 3.2 A 11 11 0 0 1 28.6 9.6" className="text-danger" />
    </svg>
  );
}
