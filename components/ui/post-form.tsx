'use client';

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { FormState } from '@/lib/actions/form-state';
import { FormContext, Summary } from './action-form';

/** A second press within this time is the first one's double; after it somebody means it, and the form's key keeps both to one effect. */
const DOUBLE_MS = 5_000;

/**
 * A form that the browser itself posts to an address, which answers with a redirect: here again with what was refused, in which case the summary
 * takes the focus, as in an ActionForm. With and without JavaScript it is the same request.
 */
export function PostForm({ to, refused, summaryTitle, children }: PostFormProps) {
  const [busy, setBusy] = useState(false);
  const sentAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    // The way back may bring the page as it was left.
    const renew = () => {
      sentAt.current = Number.NEGATIVE_INFINITY;
      setBusy(false);
    };
    window.addEventListener('pageshow', renew);
    return () => window.removeEventListener('pageshow', renew);
  }, []);
  const once = (event: FormEvent) => {
    if (event.timeStamp - sentAt.current < DOUBLE_MS) return event.preventDefault();
    sentAt.current = event.timeStamp;
    setBusy(true);
  };
  return (
    <FormContext value={{ attempt: 0, errors: refused, values: {} }}>
      <form method="post" action={to} noValidate aria-busy={busy} onSubmit={once} className="grid max-w-140 gap-6">
        <Refused refused={refused} title={summaryTitle} />
        {children}
      </form>
    </FormContext>
  );
}

/** What an address that was posted to has refused. It is what the reader comes back for, so it has the focus. */
export function Refused({ refused, title }: { refused: FormState['errors']; title: string }) {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => summary.current?.focus(), []);
  return refused.length > 0 && <Summary id="refused" ref={summary} title={title} errors={refused} />;
}

/** What stands against a form that is not shown at all; it has the focus where the form was just sent and refused. */
export function AgainstIt({ refused, children }: { refused: boolean; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  if (!refused) return children;
  return (
    <div id="refused" ref={box} role="alert" tabIndex={-1}>
      {children}
    </div>
  );
}

type PostFormProps = {
  to: string;
  /** What the last attempt was refused for. */
  refused: FormState['errors'];
  /** As of an ActionForm. */
  summaryTitle: string;
  children: ReactNode;
};
