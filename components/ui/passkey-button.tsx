'use client';

import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { type ReactNode, useRef, useState, useTransition } from 'react';
import { buttonLook } from './button';

type Offer<Options> = { options: Options } | { refused: string[] };
type Act =
  | { kind: 'create'; offer: (data: FormData) => Promise<Offer<PublicKeyCredentialCreationOptionsJSON>> }
  | { kind: 'get'; offer: (data: FormData) => Promise<Offer<PublicKeyCredentialRequestOptionsJSON>> };

/**
 * The button of a form that is sent with a passkey's answer: it asks the site what is to be signed, has the browser do it, and sends the form with
 * the answer. Only a script can ask the browser; without one the form says so.
 */
export function PasskeyButton({
  act,
  look = 'primary',
  texts,
  children,
}: {
  act: Act;
  look?: 'primary' | 'secondary';
  /** `failed` stands for whatever the browser did not do: given up, too late, no passkey here, made before. */
  texts: { failed: string; unsupported: string; noscript: string };
  children: ReactNode;
}) {
  const answer = useRef<HTMLInputElement>(null);
  const [problems, setProblems] = useState<string[]>([]);
  const [pending, start] = useTransition();

  const use = (form: HTMLFormElement) =>
    start(async () => {
      if (!browserSupportsWebAuthn()) return setProblems([texts.unsupported]);
      setProblems([]);
      const answered = await askBrowser(act, new FormData(form));
      if ('refused' in answered) return setProblems(answered.refused);
      if (!('answer' in answered)) return setProblems([texts.failed]);
      if (answer.current) answer.current.value = JSON.stringify(answered.answer);
      form.requestSubmit();
    });

  return (
    <div className="grid gap-2">
      <input ref={answer} type="hidden" name="answer" defaultValue="" />
      {problems.length > 0 && (
        <div role="alert" className="font-700 text-danger">
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
      <button
        type="button"
        aria-disabled={pending}
        className={`${buttonLook(look)} cursor-pointer`}
        onClick={({ currentTarget: { form } }) => form && !pending && use(form)}
      >
        {children}
      </button>
      <noscript>
        <p className="text-soft">{texts.noscript}</p>
      </noscript>
    </div>
  );
}

/** The browser's answer, the site's refusals, or nothing where the browser did not do it: it says only that, and why is nobody's business. */
async function askBrowser(
  act: Act,
  data: FormData,
): Promise<{ answer: object } | { refused: string[] } | Record<string, never>> {
  if (act.kind === 'create') {
    const offer = await act.offer(data);
    return 'options' in offer ? done(startRegistration({ optionsJSON: offer.options })) : offer;
  }
  const offer = await act.offer(data);
  return 'options' in offer ? done(startAuthentication({ optionsJSON: offer.options })) : offer;
}

const done = (asked: Promise<object>): Promise<{ answer: object } | Record<string, never>> =>
  asked.then(
    (answer) => ({ answer }),
    () => ({}),
  );
