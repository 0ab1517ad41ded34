/**
 * What stands before Next in the site's process (decision 18). It answers itself what is too dear in Next, and bounds how many requests Next works on
 * at a time, so that a rush makes some wait and some come again, and the site never collapses.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isBusy } from '@/lib/answer-status';
import { addressBlock, clientAddress } from '@/lib/auth/client-address';
import { ORDER_PATH, sendOrder } from '@/lib/endpoints/send-order';
import { env } from '@/lib/env';
import { send, sendResponse, toAsked } from './node-http';
import { busyPage, failedPage } from './pages';
import { SharedAnswers } from './shared-answers';
import { type LineOptions, WaitingLine } from './waiting-line';

/** Next as a custom server calls it. */
export type Next = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

/**
 * A page takes a few milliseconds of the one thread and waits for the database in between, so a dozen keep it busy. What cannot begin within a few
 * seconds is better asked for again.
 */
export const LINE: LineOptions = { places: 16, perCaller: 12, maxWaiting: 512, maxWaitMs: 4_000, maxHoldMs: 4_000 };

/** Whoever watches over the process must hear from it in a rush, too; files of the build cost next to nothing. */
const OUTSIDE = /^\/(api\/health|_next\/static\/(?!.*\.\.)[\w./~-]+)$/;

/**
 * Carried by each request that Next works on. Next asks for the page that an action leads to by a request of its own, which takes over the headers: it
 * belongs to a request that has its place, and must not wait for one.
 */
const INSIDE_HEADER = 'x-wakachi-inside';

export function makeFront(next: Next, options: LineOptions = LINE): RequestListener {
  const line = new WaitingLine(options);
  const shared = new SharedAnswers();
  const inside = randomUUID();

  /** Through the line to Next; false where its turn did not come. */
  const inTurn = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<boolean> => {
    // Whoever has gone by now would never give a place back.
    if (outgoing.destroyed) return true;
    const turn = line.enter(callerOf(incoming));
    outgoing.once('close', turn.leave);
    if (!(await turn.admitted)) return false;
    sayBusy(outgoing);
    await next(incoming, outgoing);
    return true;
  };

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse, path: string): Promise<void> => {
    const isOwn = incoming.headers[INSIDE_HEADER] === inside;
    incoming.headers[INSIDE_HEADER] = inside;
    if (isOwn || OUTSIDE.test(path)) return next(incoming, outgoing);
    if (ORDER_PATH.test(path)) return sendResponse(outgoing, await sendOrder(toAsked(incoming)));
    if (!(await shared.answer(incoming, outgoing, inTurn))) send(outgoing, busyPage(path));
  };

  return (incoming, outgoing) => {
    const [path = '/'] = (incoming.url ?? '/').split('?');
    answer(incoming, outgoing, path).catch((error: unknown) => {
      // A caller who went away has no answer to miss.
      if (outgoing.destroyed) return;
      console.error(error);
      send(outgoing, failedPage(path));
    });
  };
}

/** A page that fails because the database is too busy is sent as 503, with the time to come again, and with Next's words for a failure. */
function sayBusy(outgoing: ServerResponse) {
  const { writeHead } = outgoing;
  outgoing.writeHead = ((status: number, ...given: never[]) => {
    if (status !== 500 || !isBusy(outgoing)) return writeHead.call(outgoing, status, ...given);
    outgoing.setHeader('retry-after', '2');
    return writeHead.call(outgoing, 503, ...given);
  }) as typeof writeHead;
}

function callerOf({ socket, headers }: IncomingMessage): string {
  const forwarded = headers['x-forwarded-for'];
  const list = Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? null);
  return addressBlock(clientAddress(socket.remoteAddress ?? null, list, env().TRUSTED_PROXIES));
}
