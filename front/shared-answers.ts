/**
 * Requests for the same public page at the same time share one answer of Next's: who comes while it is being made gets it, too. Nothing is kept
 * once it is sent, so no page is older than it would be without.
 */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { isPublicPage } from '@/lib/auth/headers';

/** Larger than any page: what is longer is not worth keeping in memory for others. */
const MAX_BYTES = 2_000_000;

type Answer = { status: number; headers: OutgoingHttpHeaders; body: Buffer };
type Ask = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<boolean>;

/** Whatever could make one answer differ from another: a page's parts for the router, a part of a file, what the browser has already, a preview. */
const DIFFERS = /^(rsc|next-|x-next|x-middleware|range$|if-|authorization$)/;

export class SharedAnswers {
  private readonly underway = new Map<string, Promise<Answer | null>>();

  /** Answers by `ask`, or with what another request of the same kind is just getting. False where `ask` says that it could not. */
  async answer(incoming: IncomingMessage, outgoing: ServerResponse, ask: Ask): Promise<boolean> {
    const key = keyOf(incoming);
    if (key === null) return ask(incoming, outgoing);
    const underway = this.underway.get(key);
    if (underway) {
      const answer = await underway;
      if (answer) {
        outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
        outgoing.end(answer.body);
        return true;
      }
      // The first one went away, or got something that is not for everybody.
      return ask(incoming, outgoing);
    }
    const made = record(outgoing);
    this.underway.set(key, made);
    void made.finally(() => this.underway.delete(key));
    // Next makes a page that it has at hand in one go; first we take what has arrived by now, which would find it gone.
    await new Promise((resolve) => setImmediate(resolve));
    return ask(incoming, outgoing);
  }
}

function keyOf({ method, url = '', headers }: IncomingMessage): string | null {
  if (method !== 'GET' || !isPublicPage(url)) return null;
  if (Object.keys(headers).some((name) => DIFFERS.test(name))) return null;
  if (/__prerender_bypass|__next_preview/.test(headers.cookie ?? '')) return null;
  return `${url} ${headers['accept-encoding'] ?? ''}`;
}

/** What is sent to one request, as the bytes that go out; null unless it is a whole page for everybody. */
function record(outgoing: ServerResponse): Promise<Answer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const keep = (chunk: unknown) => {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return;
    bytes += chunk.length;
    if (bytes <= MAX_BYTES) chunks.push(Buffer.from(chunk as Uint8Array));
  };
  const { write, end } = outgoing;
  outgoing.write = ((...given: Parameters<typeof write>) => {
    keep(given[0]);
    return write.apply(outgoing, given);
  }) as typeof write;
  return new Promise((resolve) => {
    outgoing.end = ((...given: Parameters<typeof end>) => {
      keep(given[0]);
      const { statusCode: status } = outgoing;
      const result = end.apply(outgoing, given);
      const headers = outgoing.getHeaders();
      const forAll = status === 200 && bytes <= MAX_BYTES && !headers['set-cookie'];
      resolve(forAll ? { status, headers, body: Buffer.concat(chunks) } : null);
      return result;
    }) as typeof end;
    // Gone before its end.
    outgoing.once('close', () => resolve(null));
  });
}
