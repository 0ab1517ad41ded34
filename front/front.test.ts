/** The front before a stand-in for Next that answers when a test says so. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { makeFront, type Next } from './front';
import type { LineOptions } from './waiting-line';

type Call = { url: string; headers: http.IncomingHttpHeaders; outgoing: http.ServerResponse };

const OPTIONS: LineOptions = { places: 2, perCaller: 2, maxWaiting: 2, maxWaitMs: 60_000, maxHoldMs: 60_000 };

let server: http.Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((closed) => (server ? server.close(closed) : closed(undefined)));
});

async function open(next?: Next) {
  const calls: Call[] = [];
  let requests = 0;
  let wake = () => {};
  const standIn: Next = async (incoming, outgoing) => {
    calls.push({ url: incoming.url ?? '', headers: incoming.headers, outgoing });
    wake();
  };
  server = http.createServer(makeFront(next ?? standIn, OPTIONS)).listen(0, '127.0.0.1');
  await new Promise((listening) => server?.once('listening', listening));
  server.on('request', () => {
    requests += 1;
    wake();
  });
  const { port } = server.address() as AddressInfo;
  const until = async (done: () => boolean) => {
    while (!done()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  /** Waits until Next has been asked so often. */
  const asked = (count: number) => until(() => calls.length >= count);
  /** Waits until the front has looked at so many requests. */
  const arrived = (count: number) => until(() => requests >= count);
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    let request: http.ClientRequest | undefined;
    const answer = new Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string }>(
      (resolve, reject) => {
        request = http.request({ port, path, headers, method, agent: false }, async (response) => {
          const chunks: Buffer[] = [];
          for await (const chunk of response) chunks.push(chunk);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          });
        });
        request.on('error', reject);
        request.end();
      },
    );
    return Object.assign(answer, { abort: () => request?.destroy() });
  };
  return { calls, asked, arrived, get };
}

const PRIVATE = '/en/overview';

describe('the line before Next', () => {
  it('answers at once with 503, when to come again, and a page in both languages', async () => {
    const { arrived, asked, get } = await open();
    for (let n = 0; n < 4; n += 1) void get(PRIVATE).catch(() => {});
    await arrived(4);
    await asked(2);
    for (const [path, first, second] of [
      ['/ja/overview', 'ja', 'en'],
      ['/en/overview', 'en', 'ja'],
    ] as const) {
      const { status, headers, text } = await get(path);
      expect(status).toBe(503);
      expect(headers['retry-after']).toBe('2');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
      expect(text).toMatch(
        new RegExp(`<html lang="${first}">.*<section lang="${first}"><h1>.*<section lang="${second}"><h2>`),
      );
    }
  });

  it('lets health checks and files of the build by, and nothing that only looks like them', async () => {
    const { calls, arrived, asked, get } = await open();
    for (let n = 0; n < 4; n += 1) void get(PRIVATE).catch(() => {});
    await arrived(4);
    await asked(2);
    void get('/api/health').catch(() => {});
    void get('/_next/static/chunks/a~b-1.js').catch(() => {});
    await asked(4);
    expect(
      calls
        .map(({ url }) => url)
        .sort()
        .slice(2),
    ).toEqual([PRIVATE, PRIVATE]);
    for (const path of [
      '/api/health/x',
      '/_next/static/../../en/overview',
      '/_next/static/%2e%2e/en',
      '/en/api/health',
    ])
      expect((await get(path)).status, path).toBe(503);
  });

  it('lets by what Next asks of itself, and nobody who claims to be Next', async () => {
    const { calls, arrived, asked, get } = await open();
    for (let n = 0; n < 4; n += 1) void get(PRIVATE).catch(() => {});
    await arrived(4);
    await asked(2);
    expect((await get(PRIVATE, { 'x-wakachi-inside': 'true' })).status).toBe(503);
    void get('/en/own', { 'x-wakachi-inside': String(calls[0]?.headers['x-wakachi-inside']) }).catch(() => {});
    await asked(3);
    expect(calls[2]?.url).toBe('/en/own');
  });

  it('gives the place of whoever went away to the next', async () => {
    const { calls, asked, get } = await open();
    const gone = [get(PRIVATE), get(PRIVATE)];
    for (const one of gone) one.catch(() => {});
    await asked(2);
    const next = get('/en/cash');
    for (const one of gone) one.abort();
    await asked(3);
    calls[2]?.outgoing.end('cash');
    expect((await next).text).toBe('cash');
  });
});

describe('a public page', () => {
  const headers = { 'accept-encoding': 'gzip' };

  it('is made once for all who ask at the same time, and anew for who asks later', async () => {
    const { calls, asked, arrived, get } = await open();
    const answers = Array.from({ length: 20 }, (_, n) => get('/en/fund', { ...headers, cookie: `a=${n}` }));
    const other = get('/ja/fund', headers);
    await arrived(21);
    await asked(2);
    expect(calls.map(({ url }) => url).sort()).toEqual(['/en/fund', '/ja/fund']);
    for (const { url, outgoing } of calls) {
      outgoing.setHeader('x-made', 'once');
      outgoing.write(url);
      outgoing.end(' 口');
    }
    for (const { status, text, headers: got } of await Promise.all(answers))
      expect(`${status} ${text} ${got['x-made']}`).toBe('200 /en/fund 口 once');
    expect((await other).text).toBe('/ja/fund 口');
    expect(calls).toHaveLength(2);
    const again = get('/en/fund', headers);
    await asked(3);
    calls[2]?.outgoing.end('new');
    expect((await again).text).toBe('new');
  });

  it.each([
    ['a part for the router', { rsc: '1' }, 'GET', '/en/fund'],
    ['a question about a copy', { 'if-none-match': '"x"' }, 'GET', '/en/fund'],
    ['a preview', { cookie: '__prerender_bypass=1' }, 'GET', '/en/fund'],
    ['an action', {}, 'POST', '/en/fund'],
    ['a query', {}, 'GET', '/en/fund?x=1'],
    ['somebody’s own page', {}, 'GET', PRIVATE],
  ])('is not shared with %s', async (_, more, method, path) => {
    const { asked, get } = await open();
    void get('/en/fund', headers).catch(() => {});
    await asked(1);
    void get(path, { ...headers, ...(more as Record<string, string>) }, method).catch(() => {});
    await asked(2);
  });

  it.each([
    ['an answer that is no page', (outgoing: http.ServerResponse) => outgoing.writeHead(404).end()],
    ['one that sets a cookie', (outgoing: http.ServerResponse) => outgoing.setHeader('set-cookie', 'a=1').end('x')],
    ['none, since its caller went away', (outgoing: http.ServerResponse) => outgoing.destroy()],
  ])('that turns out as %s is asked for anew by those who waited', async (_, finish) => {
    const { calls, asked, arrived, get } = await open();
    const first = get('/en/fund', headers);
    first.catch(() => {});
    const second = get('/en/fund', headers);
    second.catch(() => {});
    await arrived(2);
    expect(calls).toHaveLength(1);
    if (calls[0]) finish(calls[0].outgoing);
    await asked(2);
    calls[1]?.outgoing.end('own');
    const texts = await Promise.allSettled([first, second]);
    expect(texts.map((each) => (each.status === 'fulfilled' ? each.value.text : ''))).toContain('own');
  });
});

it('a failure of Next is a page, and the next request is answered', async () => {
  const said: unknown[] = [];
  const log = console.error;
  console.error = (...given) => said.push(...given);
  try {
    const { get } = await open(async (incoming, outgoing) => {
      if (incoming.url === PRIVATE) throw new Error('inside');
      outgoing.end('fine');
    });
    const { status, text } = await get(PRIVATE);
    expect(status).toBe(500);
    expect(text).toContain('lang="ja"');
    expect(text).not.toContain('inside');
    expect(said).toEqual([new Error('inside')]);
    expect((await get('/en/cash')).text).toBe('fine');
  } finally {
    console.error = log;
  }
});
