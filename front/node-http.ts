/** Between node:http and endpoints. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { commonHeaders } from '@/lib/auth/headers';
import { isSecureSite } from '@/lib/auth/session-token';
import type { Asked } from '@/lib/endpoints/read-form';

/** No form of ours is longer; an endpoint refuses less than that by itself. */
const MAX_BYTES = 65_536;

/** The request as an endpoint takes it. The host is nobody's: what a caller sends as one has no say in anything. */
export function toAsked(incoming: IncomingMessage): Asked {
  const { method = 'GET', url = '/', headers } = incoming;
  const get = (name: string) => {
    const value = headers[name];
    return Array.isArray(value) ? value.join(', ') : (value ?? null);
  };
  async function* body() {
    yield await readBody(incoming);
  }
  return { method, url: `http://site.invalid${url}`, headers: { get }, body: body() };
}

/** The whole body, or so much of it that no endpoint takes it. */
function readBody(incoming: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('The caller went away.'));
    if (incoming.destroyed) return gone();
    const chunks: Buffer[] = [];
    let bytes = 0;
    const done = () => resolve(Buffer.concat(chunks));
    incoming.on('data', (chunk: Buffer) => {
      // What is too much is taken from the wire, so that the answer can be read, and thrown away.
      if (bytes > MAX_BYTES) return;
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes > MAX_BYTES) done();
    });
    incoming.once('end', done);
    incoming.once('error', reject);
    incoming.once('close', gone);
  });
}

export type Page = { status: number; headers: Record<string, string>; body: Buffer | null };

/** Sends what was not made by Next, with the headers that every answer has. */
export function send(outgoing: ServerResponse, { status, headers, body }: Page): void {
  if (outgoing.headersSent || outgoing.destroyed) return;
  const own = { 'content-length': String(body?.length ?? 0), ...commonHeaders(isSecureSite()), ...headers };
  outgoing.writeHead(status, own);
  outgoing.end(outgoing.req.method === 'HEAD' ? undefined : body);
}

export const sendResponse = async (outgoing: ServerResponse, response: Response): Promise<void> =>
  send(outgoing, {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: response.body ? Buffer.from(await response.arrayBuffer()) : null,
  });
