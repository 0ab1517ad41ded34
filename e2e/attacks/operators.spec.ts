/**
 * What can be sent to the desk without its pages (TRUST, "Operators"): signatures of whoever may not sign, over other words, too late, twice. The rules
 * themselves have database tests; here they meet requests as anybody can write them.
 */
import { randomUUID } from 'node:crypto';
import type { APIRequestContext, BrowserContext } from '@playwright/test';
import * as governance from '@/db/commands/governance';
import { freezing, written } from '@/db/test-council';
import { sessionCookieName } from '@/lib/auth/session-token';
import { expect, LOCALES, type PersonaName, test, texts } from '../fixtures';
import type { Site } from '../fixtures/site';

type Login = (who: PersonaName) => Promise<string>;

/** Signs in as somebody and takes the cookie away from the browser. */
async function cookieOf(site: Site, login: Login, context: BrowserContext, who: PersonaName) {
  const sessionId = await login(who);
  const [cookie] = (await context.cookies(site.url)).filter(({ name }) => name === sessionCookieName());
  return { sessionId, cookie: `${sessionCookieName()}=${cookie?.value}` };
}

/** The hidden fields of the form on a page that signs, as a browser without a script would send them. */
async function signFields(client: APIRequestContext, path: string, cookie: string): Promise<Record<string, string>> {
  const html = await (await client.get(path, { headers: { cookie } })).text();
  const form = html.match(/<form[\s\S]*?<\/form>/g)?.find((text) => text.includes('name="sha256"')) ?? '';
  const plain = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  return Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g)].map(([, name = '', value = '']) => [
      plain(name),
      plain(value),
    ]),
  );
}

/** An open proposal to freeze somebody new, by an operator of the US side. */
async function proposed(site: Site, sessionId: string, investorId: bigint) {
  const id = randomUUID();
  const answer = await governance.propose(site.sql, sessionId, id, 'INVESTOR_FREEZE', written(freezing(investorId)));
  expect(answer).toMatchObject({ ok: true });
  return id;
}

const signaturesOf = async (site: Site, id: string) =>
  (
    await site.sql<{ side: string }[]>`select side from proposal_signatures where proposal_id = ${id} order by side`
  ).map(({ side }) => side);
const stateOf = async (site: Site, id: string) =>
  (await site.sql<{ state: string }[]>`select state from proposals where id = ${id}`)[0]?.state;

for (const locale of LOCALES) {
  const errors = texts(locale, 'errors');

  test(`a signature is taken from nobody but who may give it, over nothing but what stands, and once [${locale}]`, async ({
    site,
    login,
    context,
    newCitizen,
    playwright,
  }) => {
    test.slow();
    const { id: citizen } = await newCitizen(locale === 'ja' ? 'JP' : 'US');
    const people = {} as Record<PersonaName, Awaited<ReturnType<typeof cookieOf>>>;
    for (const who of [
      'american',
      'usOperator',
      'usOperator2',
      'jpOperator',
      'jpOperator2',
      'manager',
      'auditor',
      'support',
    ] as const)
      people[who] = await cookieOf(site, login, context, who);
    const id = await proposed(site, people.usOperator.sessionId, citizen);
    const path = `/${locale}/operator/proposals/${id}`;
    const client = await playwright.request.newContext({ baseURL: site.url });
    const good = await signFields(client, path, people.usOperator2.cookie);
    expect(good).toMatchObject({ id, revision: '1', locale });
    const send = (who: PersonaName | null, more: Record<string, string> = {}, origin: string = site.url) =>
      client.post(path, {
        multipart: { ...good, ...more },
        headers: { origin, ...(who && { cookie: people[who].cookie }) },
        maxRedirects: 0,
      });
    const refuses = async (who: PersonaName, code: Parameters<typeof errors>[0], more: Record<string, string> = {}) => {
      const response = await send(who, more);
      expect(response.status(), `${who} ${code}`).toBe(200);
      expect(await response.text(), `${who} ${code}`).toContain(errors(code));
    };

    const stranger = await send(null);
    expect(stranger.status()).toBe(303);
    expect(stranger.headers().location).toContain(`/${locale}/sign-in`);
    for (const who of ['american', 'support'] as const) expect((await send(who)).status(), who).toBe(404);
    for (const who of ['manager', 'auditor'] as const) await refuses(who, 'proposal.not-allowed');
    await refuses('usOperator', 'proposal.own-proposal');
    await refuses('jpOperator', 'proposal.hash-mismatch', { sha256: 'e'.repeat(64) });
    await refuses('jpOperator', 'proposal.revised', { revision: '2' });
    // Whose side it is the account says; a form that names one is none of ours. So is one that comes from elsewhere.
    expect((await send('jpOperator', { side: 'US' })).status()).toBe(200);
    expect((await send('jpOperator', {}, 'https://evil.example')).status()).not.toBe(303);
    // A cookie that was made up, and the bare number of a session.
    for (const value of [
      people.jpOperator.sessionId,
      `${people.jpOperator.cookie.slice(0, -4)}AAAA`.split('=')[1] ?? '',
    ])
      expect(
        (
          await client.post(path, {
            multipart: good,
            headers: { origin: site.url, cookie: `${sessionCookieName()}=${value}` },
            maxRedirects: 0,
          })
        ).headers().location,
      ).toContain(`/${locale}/sign-in`);
    await site.sql`update sessions set second_factor_at = statement_timestamp() - interval '6 minutes' where id = ${people.jpOperator.sessionId}`;
    await send('jpOperator');
    expect(await signaturesOf(site, id)).toEqual([]);
    await site.sql`update sessions set second_factor_at = statement_timestamp() where id = ${people.jpOperator.sessionId}`;

    expect((await send('usOperator2')).status()).toBe(303);
    expect((await send('usOperator2')).status(), 'sent again').toBe(303);
    expect(await signaturesOf(site, id)).toEqual(['US']);
    expect(await stateOf(site, id)).toBe('OPEN');

    // Both operators of the other side, several times at once.
    await Promise.all((['jpOperator', 'jpOperator2'] as const).flatMap((who) => [send(who), send(who), send(who)]));
    expect(await signaturesOf(site, id)).toEqual(['US', 'JP']);
    expect(await stateOf(site, id)).toBe('EXECUTED');
    const log = await site.sql`select 1 from operator_log where kind = 'EXECUTED' and subject = ${`proposal:${id}`}`;
    expect(log).toHaveLength(1);
    const [investor] = await site.sql`select status from investors where investor_id = ${citizen}`;
    expect(investor?.status).toBe('FROZEN');
    await client.dispose();
  });

  test(`a proposal whose time is over, and an operator who is none any more, carry nothing out [${locale}]`, async ({
    site,
    login,
    context,
    newCitizen,
    playwright,
    clock,
  }) => {
    const { id: citizen } = await newCitizen(locale === 'ja' ? 'JP' : 'US');
    // Nearly its whole life ago: an hour from now it is over, and nothing else is that other tests look at.
    await clock.step({ days: -13, hours: -23 });
    const us = await cookieOf(site, login, context, 'usOperator');
    const us2 = await cookieOf(site, login, context, 'usOperator2');
    const jp = await cookieOf(site, login, context, 'jpOperator');
    const id = await proposed(site, us.sessionId, citizen);
    const path = `/${locale}/operator/proposals/${id}`;
    const client = await playwright.request.newContext({ baseURL: site.url });
    const good = await signFields(client, path, us2.cookie);
    const send = (cookie: string) =>
      client.post(path, { multipart: good, headers: { origin: site.url, cookie }, maxRedirects: 0 });
    expect((await send(us2.cookie)).status()).toBe(303);
    await site.sql`update sessions set ended_at = statement_timestamp() where id = ${jp.sessionId}`;
    const ended = await send(jp.cookie);
    expect(ended.headers().location).toContain(`/${locale}/sign-in`);
    await clock.step({ days: 14 });
    const late = await cookieOf(site, login, context, 'jpOperator2');
    const response = await send(late.cookie);
    expect(await response.text()).toContain(errors('proposal.expired'));
    expect(await signaturesOf(site, id)).toEqual(['US']);
    expect(await stateOf(site, id)).toBe('EXPIRED');
    const [investor] = await site.sql`select status from investors where investor_id = ${citizen}`;
    expect(investor?.status).toBe('ELIGIBLE');
    await client.dispose();
  });
}
