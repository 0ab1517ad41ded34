/**
 * A page that Next renders on request can say "not found" only by throwing, and what is sent then is an empty document that a script has to
 * fill. Below a boundary the page is sent whole, but as 200. So the answer of each request is kept at hand, as its socket's address is
 * (lib/auth/peer-address.ts), and a page says its status itself.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';

const kept = globalThis as typeof globalThis & { wakachiAnswers?: AsyncLocalStorage<ServerResponse> };

export function followAnswers(): void {
  // Hot reloading runs this again in the same process.
  if (kept.wakachiAnswers) return;
  const answers = new AsyncLocalStorage<ServerResponse>();
  kept.wakachiAnswers = answers;
  subscribe('http.server.request.start', (message) =>
    answers.enterWith((message as { response: ServerResponse }).response),
  );
}

const failed = globalThis as typeof globalThis & { wakachiFailed?: WeakSet<ServerResponse> };

/** The request that is being answered failed because the database was too busy or away. Next says 500 of whatever fails; the front knows better. */
export function answerBusy(): void {
  const answer = kept.wakachiAnswers?.getStore();
  failed.wakachiFailed ??= new WeakSet();
  if (answer) failed.wakachiFailed.add(answer);
}

export const isBusy = (answer: ServerResponse): boolean => failed.wakachiFailed?.has(answer) ?? false;

/** Has no effect once the answer has begun, nor where no request is answered: in a build, in a test. */
export function answerStatus(status: 404): void {
  const answer = kept.wakachiAnswers?.getStore();
  if (answer && !answer.headersSent) answer.statusCode = status;
}
