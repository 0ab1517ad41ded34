'use client';

import { createContext, type ReactNode, type Ref, useActionState, useContext, useEffect, useId, useRef } from 'react';
import { emptyForm, type FormState } from '@/lib/actions/form-state';

export const FormContext = createContext<FormState>(emptyForm);

/** What the form that a field stands in knows of it: what was typed before, and the refusal beside it. */
export function useField(name: string): { value: string | undefined; error: string | undefined } {
  const state = useContext(FormContext);
  return { value: state.values[name], error: state.errors.find((e) => e.field === name)?.text };
}

/** What the form's action has just made and told this once. */
export const useShownOnce = (): string[] => useContext(FormContext).shownOnce ?? [];

/** The refusals among several fields, each once: three empty boxes of a date need one sentence. */
export function useErrors(names: string[]): { name: string; error: string }[] {
  const { errors } = useContext(FormContext);
  const found = errors.flatMap(({ field, text }) =>
    field && names.includes(field) ? [{ name: field, error: text }] : [],
  );
  return found.filter(({ error }, index) => found.findIndex((other) => other.error === error) === index);
}

export type FormAction = (previous: FormState, data: FormData) => Promise<FormState>;

/** What stands against a form, at its top: each refusal, linked to its field. */
export function Summary({ id, ref, title, errors }: SummaryProps) {
  const heading = useId();
  return (
    <div
      id={id}
      ref={ref}
      role="alert"
      tabIndex={-1}
      aria-labelledby={heading}
      className="rounded-8 border-2 border-danger bg-danger-soft p-4"
    >
      <h2 id={heading} className="font-700 text-danger">
        {title}
      </h2>
      <ul className="mt-2 list-disc pl-6">
        {errors.map((error) => (
          <li key={`${error.field}${error.text}`}>
            {error.field ? <a href={`#${error.field}`}>{error.named ?? error.text}</a> : error.text}
          </li>
        ))}
      </ul>
    </div>
  );
}

type SummaryProps = { id?: string; ref?: Ref<HTMLDivElement>; title: string; errors: FormState['errors'] };

/**
 * A form that posts to a server action, with or without JavaScript. Refusals stand in a summary at its top, linked to their fields, and again
 * beside each field; focus moves to the summary; what was typed stays.
 */
export function ActionForm({
  action,
  locale,
  summaryTitle,
  children,
  className = '',
}: {
  action: FormAction;
  locale: string;
  /** "There is a problem" / 「入力内容をご確認ください」. */
  summaryTitle: string;
  children: ReactNode;
  className?: string;
}) {
  const [state, formAction, pending] = useActionState(action, emptyForm);
  const summary = useRef<HTMLDivElement & HTMLParagraphElement>(null);
  useEffect(() => {
    if (state.attempt > 0 && (state.errors.length > 0 || state.note)) summary.current?.focus();
  }, [state]);

  return (
    <FormContext value={state}>
      {/* The key renews uncontrolled fields, so that they show what came back and not what React reset them to. */}
      <form
        key={state.attempt}
        action={formAction}
        noValidate
        aria-busy={pending}
        className={`grid max-w-140 gap-6 ${className}`}
      >
        <input type="hidden" name="locale" value={locale} />
        {state.errors.length > 0 && <Summary ref={summary} title={summaryTitle} errors={state.errors} />}
        {state.note && (
          <p ref={summary} role="status" tabIndex={-1} className="rounded-8 bg-good-soft p-4">
            {state.note}
          </p>
        )}
        {children}
      </form>
    </FormContext>
  );
}
