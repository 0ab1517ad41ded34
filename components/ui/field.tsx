'use client';

import type { ComponentProps, ReactNode } from 'react';
import { useErrors, useField } from './action-form';
import { CONTROL } from './control';

type Described = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  /** "required" / 「必須」 or "optional" / 「任意」, always in words. */
  need: string;
};

function descriptionOf(name: string, hint: ReactNode, error: string | undefined) {
  const ids = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return { id: name, name, 'aria-invalid': error ? true : undefined, 'aria-describedby': ids || undefined };
}

function FieldText({
  name,
  label,
  hint,
  need,
  error,
  as: Tag = 'label',
}: Described & { error: string | undefined; as?: 'label' | 'legend' }) {
  return (
    <>
      <Tag {...(Tag === 'label' ? { htmlFor: name } : {})} className={`font-700 ${Tag === 'legend' ? 'mb-2' : ''}`}>
        {label} <span className="ml-1 text-[0.875rem] font-400 text-soft">{need}</span>
      </Tag>
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
    </>
  );
}

/** The refusals of fields that stand side by side, above all of them: beside each there would be no room to read one. */
export function FieldErrors({ names }: { names: string[] }) {
  const state = useErrors(names);
  return state.map(({ name, error }) => (
    <p key={name} id={`${name}-error`} className="font-700 text-danger">
      {error}
    </p>
  ));
}

/**
 * A text field: label above, hint below it, refusal beside it. `unit` stands after the box (円, %). `errorAbove` leaves the words of a refusal to a
 * FieldErrors.
 */
export function Field({
  name,
  label,
  hint,
  need,
  unit,
  defaultValue,
  errorAbove = false,
  className = '',
  ...input
}: Described & Omit<ComponentProps<'input'>, 'name'> & { unit?: ReactNode; errorAbove?: boolean }) {
  const { value, error } = useField(name);
  return (
    <div className="grid gap-1">
      <FieldText {...{ name, label, hint, need, error: errorAbove ? undefined : error }} />
      <div className="flex items-center gap-2">
        <input
          {...descriptionOf(name, hint, error)}
          aria-required={input.required || undefined}
          defaultValue={value ?? defaultValue}
          className={`${CONTROL} ${className}`}
          {...input}
          required={undefined}
        />
        {unit && <span className="shrink-0">{unit}</span>}
      </div>
    </div>
  );
}

export function SelectField({
  name,
  label,
  hint,
  need,
  options,
  defaultValue,
  ...select
}: Described &
  Omit<ComponentProps<'select'>, 'name'> & { options: { value: string; label: string; lang?: string | undefined }[] }) {
  const { value, error } = useField(name);
  return (
    <div className="grid gap-1">
      <FieldText {...{ name, label, hint, need, error }} />
      <select
        {...descriptionOf(name, hint, error)}
        defaultValue={value ?? defaultValue}
        className={CONTROL}
        {...select}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} lang={option.lang}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** One of a few, each with a target of its own of at least 44 px. */
export function RadioField({
  name,
  label,
  hint,
  need,
  options,
  defaultValue,
}: Described & { options: { value: string; label: ReactNode; hint?: ReactNode }[]; defaultValue?: string }) {
  const { value, error } = useField(name);
  const chosen = value ?? defaultValue;
  return (
    <fieldset className="grid gap-2" aria-describedby={descriptionOf(name, hint, error)['aria-describedby']}>
      <FieldText as="legend" {...{ name, label, hint, need, error }} />
      {options.map((option, index) => (
        <label
          key={option.value}
          className="flex min-h-11 cursor-pointer items-start gap-3 rounded-8 border border-line px-4 py-3 has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            id={index === 0 ? name : `${name}-${option.value}`}
            name={name}
            value={option.value}
            defaultChecked={chosen === option.value}
            className="mt-1 size-5 shrink-0 accent-accent"
          />
          <span>
            {option.label}
            {option.hint && <span className="block text-[0.875rem] text-soft [word-break:normal]">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** A box to tick, with its sentence. */
export function CheckField({
  name,
  label,
  hint,
  defaultChecked,
}: {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  defaultChecked?: boolean;
}) {
  const { value, error } = useField(name);
  return (
    <div className="grid gap-1">
      {error && (
        <p id={`${name}-error`} className="font-700 text-danger">
          {error}
        </p>
      )}
      <label className="flex min-h-11 cursor-pointer items-start gap-3 py-2">
        <input
          type="checkbox"
          {...descriptionOf(name, hint, error)}
          value="yes"
          defaultChecked={value === 'yes' || defaultChecked}
          className="mt-1 size-5 shrink-0 accent-accent"
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p id={`${name}-hint`} className="pl-8 text-[0.875rem] text-soft">
          {hint}
        </p>
      )}
    </div>
  );
}
