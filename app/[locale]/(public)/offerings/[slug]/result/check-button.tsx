'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { afterProgress, type CheckState, NOT_CHECKED, type Progress, type Verdict } from './check-state';

export type CheckLabels = {
  button: string;
  verdict: Record<Exclude<Verdict, 'idle'>, string>;
  /** One a check, in the order of the checks: its id and what it looks at. */
  checks: { id: string; text: string }[];
  right: string;
  wrong: string;
  stated: string;
  recomputed: string;
};

const TONES = {
  checking: 'border-accent bg-accent-soft',
  matches: 'border-good bg-good-soft',
  differs: 'border-danger bg-danger-soft',
  failed: 'border-notice bg-notice-soft',
};

/**
 * "Check this draw": fetches the result file and recomputes all of it in the reader's own browser, in a worker that is loaded only now. Without
 * JavaScript the page offers the file and the command instead.
 */
export function CheckButton({
  href,
  published,
  labels,
  noscript,
}: {
  href: string;
  published: string;
  labels: CheckLabels;
  noscript: string;
}) {
  const [state, setState] = useState<CheckState>(NOT_CHECKED);
  const worker = useRef<Worker | null>(null);
  useEffect(() => () => worker.current?.terminate(), []);

  const check = () => {
    worker.current?.terminate();
    setState({ verdict: 'checking', checks: [] });
    const started = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
    worker.current = started;
    started.addEventListener('message', ({ data }: MessageEvent<Progress>) => {
      setState((before) => afterProgress(before, data, labels.checks.length));
    });
    started.addEventListener('error', () => setState((before) => ({ ...before, verdict: 'failed' })));
    started.postMessage({ href: new URL(href, window.location.href).href, published });
  };

  return (
    <div className="grid gap-4">
      <div data-screen-only>
        <Button type="button" onClick={check} aria-disabled={state.verdict === 'checking'}>
          {labels.button}
        </Button>
        <noscript>
          <p className="mt-2 text-soft">{noscript}</p>
        </noscript>
      </div>
      <div role="status">
        {state.verdict !== 'idle' && (
          <p className={`measure rounded-8 border-l-8 p-4 font-700 ${TONES[state.verdict]}`}>
            {labels.verdict[state.verdict]}
          </p>
        )}
      </div>
      {state.verdict !== 'idle' && state.verdict !== 'failed' && <Checks state={state} labels={labels} />}
    </div>
  );
}

function Checks({ state, labels }: { state: CheckState; labels: CheckLabels }) {
  return (
    <ol className="measure divide-y divide-line border-y border-line">
      {labels.checks.map(({ id, text }) => {
        const done = state.checks.find((check) => check.id === id);
        return (
          <li key={id} className="grid gap-1 py-2">
            <div className="flex justify-between gap-4">
              <span>{text}</span>
              {done && (
                <span className={`shrink-0 font-700 ${done.difference ? 'text-danger' : 'text-good'}`}>
                  {done.difference ? labels.wrong : labels.right}
                </span>
              )}
            </div>
            {done?.difference && (
              <dl className="grid gap-x-4 text-[0.875rem] break-all sm:grid-cols-[auto_1fr]">
                <dt className="text-soft">{labels.stated}</dt>
                <dd>{done.difference.stated}</dd>
                <dt className="text-soft">{labels.recomputed}</dt>
                <dd>{done.difference.recomputed}</dd>
              </dl>
            )}
          </li>
        );
      })}
    </ol>
  );
}
