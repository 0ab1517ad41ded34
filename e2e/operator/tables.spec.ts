/** Tables of the desk: sorted, filtered, paged and given away by the server, with and without a script. */
import { PAGE_SIZE } from '@/lib/domain/desk/table';
import { expect, LOCALES, PERSONAS, test, texts } from '../fixtures';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    for (const locale of LOCALES) {
      test(`orders sort, filter and page [${locale}]`, async ({ page, login, site }) => {
        await login('jpOperator');
        const t = texts(locale, 'desk');
        await page.goto(`/${locale}/operator/orders`);
        const head = (name: string) => page.getByRole('columnheader', { name });
        await expect(head(t('orders.placed'))).toHaveAttribute('aria-sort', 'descending');
        await page.getByRole('link', { name: t('orders.amount') }).click();
        await expect(head(t('orders.amount'))).toHaveAttribute('aria-sort', 'descending');
        await expect(head(t('orders.placed'))).not.toHaveAttribute('aria-sort');
        await page.getByRole('link', { name: t('orders.amount') }).click();
        await expect(head(t('orders.amount'))).toHaveAttribute('aria-sort', 'ascending');

        await page.getByLabel(t('orders.class')).selectOption('JP');
        await page.getByRole('button', { name: t('table.show') }).click();
        await expect(page).toHaveURL(/class=JP/);
        // A filter keeps the order that the table was in.
        await expect(head(t('orders.amount'))).toHaveAttribute('aria-sort', 'ascending');
        await expect(page.getByRole('main')).not.toContainText(/\$|ドル/);

        const [{ n = 0 } = {}] = await site.sql<
          { n: number }[]
        >`select count(*)::int as n from orders where class_id = 2`;
        expect(n).toBeGreaterThan(PAGE_SIZE);
        await expect(page.getByRole('row')).toHaveCount(PAGE_SIZE + 1);
        const range = (from: number, to: number) =>
          t('table.range', { from: String(from), to: String(to), count: String(n) });
        await expect(page.getByRole('status')).toHaveText(range(1, PAGE_SIZE));
        await page.getByRole('link', { name: t('table.next') }).click();
        await expect(page.getByRole('status')).toHaveText(range(PAGE_SIZE + 1, Math.min(n, 2 * PAGE_SIZE)));
        await page.getByRole('link', { name: t('table.previous') }).click();
        await expect(page.getByRole('status')).toHaveText(range(1, PAGE_SIZE));
        await page.getByRole('link', { name: t('table.clear') }).click();
        await expect(page).toHaveURL(/\/orders\?sort=amount&dir=asc$/);
      });
    }

    test('one person is found, and leads to what they hold', async ({ page, login }) => {
      await login('auditor');
      const t = texts('ja', 'desk');
      await page.goto('/ja/operator/investors');
      await page.getByRole('searchbox').fill('髙橋 美咲');
      await page.getByRole('button', { name: t('table.show') }).click();
      await page.getByRole('link', { name: '髙橋 美咲' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(
        t('investor.title', { number: String(PERSONAS.japanese.id) }),
      );
      await expect(page.getByRole('definition').filter({ hasText: PERSONAS.japanese.email })).toBeVisible();
      await expect(page.getByRole('table', { name: t('investor.holdings') })).toContainText('口');
    });
  });
}

for (const locale of LOCALES) {
  test(`a file holds the whole table as it is filtered, and runs nothing [${locale}]`, async ({
    page,
    login,
    newCitizen,
    site,
  }) => {
    const { id, email } = await newCitizen('US');
    await site.sql`update investors set family_name = ${'=1+1'}, given_name = '＝A1' where investor_id = ${id}`;
    await login('usOperator');
    const t = texts(locale, 'desk');
    await page.goto(`/${locale}/operator/investors?q=${encodeURIComponent(email)}`);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: t('table.csv') }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('wakachi-investors.csv');
    const href = await page.getByRole('link', { name: t('table.csv') }).getAttribute('href');
    const answer = await page.request.get(href ?? '');
    expect(answer.headers()).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'cache-control': 'private, no-store',
    });
    const text = (await answer.body()).toString('utf8');
    expect(text.startsWith(`\uFEFF${t('investors.number')},${t('investors.name')},`)).toBe(true);
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`${id},'`);

    const [{ n = 0 } = {}] = await site.sql<{ n: number }[]>`select count(*)::int as n from orders`;
    const orders = await page.request.get(`/${locale}/operator/orders/csv`);
    expect((await orders.text()).trim().split('\r\n')).toHaveLength(n + 1);

    await page.goto(`/${locale}/operator/valuations?state=PUBLISHED`);
    const valued = await page.getByRole('link', { name: t('table.csv') }).getAttribute('href');
    const days = (await (await page.request.get(valued ?? '')).text()).trim().split('\r\n');
    const [{ published = 0 } = {}] = await site.sql<{ published: number }[]>`
      select count(*)::int as published from valuations where state = 'PUBLISHED'`;
    expect(days).toHaveLength(published + 1);
    // The day, and a price in a column of its own for each class: figures, as a sheet reads them.
    expect(days[1]).toMatch(/^\d{4}-\d\d-\d\d,\d+,.*,\d+\.\d{2},\d+\.\d{4},\d+$/);
  });
}

test('an address that makes no sense shows the table as it begins', async ({ page, login }) => {
  await login('usOperator');
  const odd = '?sort=password_hash&dir=up&page=99999&state=%27%3B--&q=%00&__proto__=x&class=US&class=JP';
  const response = await page.goto(`/en/operator/orders${odd}`);
  expect(response?.status()).toBe(200);
  await expect(page.getByRole('columnheader', { name: texts('en', 'desk')('orders.placed') })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect(page.getByRole('status')).toContainText(`1–${PAGE_SIZE}`);
});
