/** How a box to type in looks, with and without a client component around it. */
export const CONTROL =
  'min-h-12 w-full rounded-8 border border-line-strong bg-surface px-4 py-2 text-ink aria-invalid:border-2 aria-invalid:border-danger';
