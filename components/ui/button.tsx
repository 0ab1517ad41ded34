import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';

type Look = 'primary' | 'secondary' | 'quiet';

const BASE =
  'inline-flex min-h-12 items-center justify-center rounded-8 px-4 py-2 text-center font-700 transition-colors duration-150 max-sm:w-full sm:min-w-34';
const LOOKS: Record<Look, string> = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-hover border border-transparent',
  secondary: 'border border-accent text-accent bg-surface hover:bg-accent-soft',
  quiet: 'border border-transparent text-accent underline underline-offset-4 hover:bg-accent-soft',
};

export const buttonLook = (look: Look = 'primary'): string => `${BASE} ${LOOKS[look]}`;

/** A button that says its act. One primary button a page. */
export function Button({
  look = 'primary',
  className = '',
  type = 'submit',
  ...props
}: ComponentProps<'button'> & { look?: Look }) {
  return <button type={type} className={`${buttonLook(look)} cursor-pointer ${className}`} {...props} />;
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({
  look = 'primary',
  className = '',
  children,
  ...props
}: Omit<ComponentProps<typeof Link>, 'className'> & { look?: Look; className?: string; children: ReactNode }) {
  return (
    <Link data-plain className={`${buttonLook(look)} ${className}`} {...props}>
      {children}
    </Link>
  );
}
