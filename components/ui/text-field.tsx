'use client';

import type { ReactNode } from 'react';
import { useField } from './action-form';

/** Several lines of text: label above, refusal beside it, what was typed kept. */
export function TextField({
  name,
  label,
  need,
  rows,
  hint,
  lang,
  defaultValue,
}: {
  name: string;
  label: ReactNode;
  need: string;
  rows: number;
  hint?: ReactNode;
  /** Of what is to be written, where it is not the page's. */
  lang?: string;
  defaultValue?: string;
}) {
  const { value, error } = useField(name);
  return (
    <div className="grid gap-1">
      <label htmlFor={name} className="font-700">
        {label} <span className="ml-1 text-[0.875rem] font-400 text-soft">{need}</span>
      </label>
      {hint && (
        <p id={`${name}-hint`} className="text-[0.875rem] text-soft">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${name}-error`} className="font-700 text-danger">
          {error}
        </p>
      )}
      <textarea
        id={name}
        name={name}
        rows={rows}
        lang={lang}
        defaultValue={value ?? defaultValue}
        aria-invalid={error ? true : undefined}
        aria-describedby={[hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ') || undefined}
        className="w-full rounded-8 border border-line-strong bg-surface px-4 py-2 text-ink aria-invalid:border-2 aria-invalid:border-danger"
      />
    </div>
  );
}
