/** Where nothing is simulated there is no clock to move: not as a page, not in the desk's list, and not for whoever calls its actions. */
import { sessionCookieName } from '@/lib/auth/session-token';
import { expect, LOCALES, test, texts } from '../fixtures';
import { fieldsIn } from '../fixtures/actions';
import { startSecond } from '../fixtures/site';

/** What each of the page's forms is filled with. */
const FORMS: Record<string, string>[] = [
  { target: 'event' },
  { date: '2027-01-04T09:00', zone: 'Asia/Tokyo' },
  { duration: '2', unit: 'days' },
  {},
];

test('with SIMULATION=off the clock has neither page nor actions', async ({
  page,
  site,
  login,
  context,
  problems,
  clock,
  playwright,
}) => {
  test.slow();
  await login('usOperator');
  const [cookie] = (await context.cookies(site.url)).filter(({ name }) => name === sessionCookieName());
  const header = `${sessionCookieName()}=${cookie?.value}`;
  const client = await playwright.request.newContext({ extraHTTPHeaders: { cookie: header } });
  const path = '/en/operator/clock';
  const here = await (await client.get(`${site.url}${path}`)).text();
  const actions = fieldsIn(here).filter((fields) => Object.keys(fields).length > 0);
  expect(actions.length).toBeGreaterThan(3);
  const send = (url: string, fields: Record<string, string>, more: Record<string, string> | undefined) =>
    client.post(`${url}${path}`, {
      multipart: { ...fields, locale: 'en', ...more },
      headers: { origin: url },
      maxRedirects: 0,
    });
  const moved = async () => {
    const [row] = await site.sql<{ runs: number; acts: number; clock: string }[]>`
      select (select count(*)::int from clock_runs) as runs, (select count(*)::int from operator_log where subject like 'clock:%') as acts,
             (select format('%s %s', mode, at) from clock) as clock`;
    return row;
  };
  const before = await moved();

  const off = await startSecond(site, { SIMULATION: 'off' });
  try {
    problems.allow(/404/);
    for (const locale of LOCALES) {
      // Cookies know no ports: the same session, on the other server.
      const response = await page.goto(`${off.url}/${locale}/operator/clock`);
      expect(response?.status()).toBe(404);
      await expect(page.getByRole('link', { name: texts(locale, 'clock')('title'), exact: true })).toHaveCount(0);
    }
    for (const more of FORMS)
      for (const fields of actions) expect((await send(off.url, fields, more)).status()).not.toBe(303);
    expect(await moved()).toEqual(before);
  } finally {
    await page.goto('about:blank');
    await off.stop();
  }

  // Where it is simulated the same calls move it, so that the refusals above say something.
  const statuses = [];
  for (const fields of actions) statuses.push((await send(site.url, fields, FORMS[0])).status());
  expect(statuses).toContain(303);
  expect((await moved())?.runs).toBe((before?.runs ?? 0) + 1);
  await site.sql`select freeze_clock(null)`;
  await clock.reset();
  await client.dispose();
});
