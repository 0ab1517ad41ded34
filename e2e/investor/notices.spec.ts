/** What a citizen was told by mail, as a list in the site: unread until they say otherwise, each with the way to what it is about. */
import { randomUUID } from 'node:crypto';
import { expect, LOCALES, texts } from '../fixtures';
import { axeFindings, tooWide } from '../fixtures/accessible';
import { dealingTest } from '../fixtures/dealing';
import { runJob } from '../fixtures/jobs';
import { openProspectus } from '../fixtures/people';
import { press } from './ticket';

const DAY = '2026-11-18';

for (const locale of LOCALES) {
  const test = dealingTest();
  const t = texts(locale, 'notices');
  const [country, classId] = locale === 'ja' ? (['JP', 2] as const) : (['US', 1] as const);

  test.describe(() => {
    test.use({
      locale: locale === 'ja' ? 'ja-JP' : 'en-US',
      // With and without script it is the same.
      javaScriptEnabled: locale === 'en',
      viewport: { width: 360, height: 740 },
      contextOptions: { reducedMotion: 'reduce' },
    });
    test.beforeEach(({ problems }) => problems.allow(/\.js csp$/));

    test(`a change of an order is told in the site until it is read [${locale}]`, async ({
      page,
      site,
      clock,
      login,
      newCitizen,
    }) => {
      test.slow();
      const main = page.getByRole('main');
      const { id } = await newCitizen(country, 10_000_000n);
      await login(id);
      await page.goto(`/${locale}/activity/notices`);
      await expect(main).toContainText(t('empty-title'));

      const key = randomUUID();
      await openProspectus(site, id, locale);
      await clock.set(new Date(`${DAY}T03:00:00Z`));
      await site.sql`select place_dealing_order(${id}::bigint, ${key}::text::uuid, ${classId}::smallint, 'BUY_AMOUNT', 100000, ${DAY}::text::date,
                                                ${locale}::text::locale, true)`;
      await clock.set(new Date('2026-11-19T00:00:00Z'));
      await runJob(site, 'run-due');

      // Everything that a mail was written about stands here, and the overview says how much of it waits.
      const mails = await site.sql<
        { subject: string }[]
      >`select subject from mails where user_id = ${id} order by id desc`;
      expect(mails.length).toBeGreaterThan(0);
      await page.goto(`/${locale}/overview`);
      await main.getByRole('link', { name: t('unread-count', { count: mails.length }) }).click();
      await expect(page).toHaveURL(new RegExp(`/${locale}/activity/notices$`));
      const notices = page.getByRole('list', { name: t('caption') }).getByRole('listitem');
      await expect(notices).toHaveCount(mails.length);
      const dealt = notices.first();
      const subject = (mails[0]?.subject ?? '').replace('【分かち】', '');
      await expect(dealt.getByRole('heading', { name: subject })).toBeVisible();
      await expect(dealt.getByText(t('unread'), { exact: true })).toBeVisible();
      await dealt.getByText(t('show')).click();
      // Axe is a script.
      if (locale === 'en') expect(await axeFindings(page)).toEqual([]);
      expect(await tooWide(page)).toEqual([]);
      await dealt.getByRole('link', { name: t('place.orders') }).click();
      await expect(page).toHaveURL(new RegExp(`/${locale}/orders/${key}$`));

      await page.goto(`/${locale}/activity/notices`);
      await press(page, `${t('mark')} ${subject}`);
      await expect(main).toContainText(t('marked'));
      await expect(dealt.getByText(t('read'), { exact: true })).toBeVisible();
      await expect(dealt.getByRole('button')).toHaveCount(0);

      // Many of them: a page at a time, and all read at once.
      await site.sql`
        insert into mails (user_id, kind, recipient, locale, subject, body)
        select ${id}, 'plan-ordered', 'x@people.example', ${locale}::text::locale, 'x' || n, 'x' from generate_series(1, 60) n`;
      await page.goto(`/${locale}/activity`);
      await main.getByRole('link', { name: t('title') }).click();
      const total = String(mails.length + 60);
      await expect(page.getByRole('status')).toHaveText(t('range', { first: '1', last: '25', total }));
      await main.getByRole('link', { name: t('older') }).click();
      await expect(page.getByRole('status')).toHaveText(t('range', { first: '26', last: '50', total }));
      await expect(notices.first().getByRole('heading')).toHaveText('x35');
      await press(page, t('mark-older'));
      await expect(page.getByRole('status')).toHaveText(t('range', { first: '26', last: '50', total }));
      await expect(main).toContainText(t('unread-count', { count: 25 }));
      await page.goto(`/${locale}/activity/notices`);
      await press(page, t('mark-all'));
      await page.goto(`/${locale}/overview`);
      await expect(main.getByRole('link', { name: t('title') })).toHaveCount(0);
      expect(
        [...(await site.sql`select 1 from mails where user_id = ${id} and read_at is null`)],
        'unread in the end',
      ).toEqual([]);
    });
  });
}
