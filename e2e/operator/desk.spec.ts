/** Who sees what at the desk: the side bar, the pages behind it, the mask, and nothing at all for citizens. */
import { DESK_PLACES, deskPlaces, EXPORTERS, mayLookAt } from '@/lib/domain/desk/places';
import { expect, LOCALES, PERSONAS, type PersonaName, test, texts } from '../fixtures';
import { prefetchOnce } from '../fixtures/prefetch';

const ROLES: [PersonaName, 'OPERATOR' | 'MANAGER' | 'AUDITOR' | 'SUPPORT'][] = [
  ['usOperator', 'OPERATOR'],
  ['jpOperator2', 'OPERATOR'],
  ['manager', 'MANAGER'],
  ['auditor', 'AUDITOR'],
  ['support', 'SUPPORT'],
];

for (const locale of LOCALES) {
  const t = texts(locale, 'desk');

  for (const [who, role] of ROLES) {
    test(`${who} finds their places in the side bar, and no others [${locale}]`, async ({ page, login, problems }) => {
      problems.allow(/404/);
      await login(who);
      // A dozen pages that are only looked at, each of which leads to all the others.
      await prefetchOnce(page);
      await page.goto(`/${locale}/operator`);
      const places = page.getByRole('navigation', { name: t('menu') });
      const mine = deskPlaces.filter((place) => mayLookAt(role, place));
      await expect(places.getByRole('link')).toHaveText(mine.map((place) => t(`places.${place}`)));
      await expect(places.getByRole('link', { name: t('places.dashboard') })).toHaveAttribute('aria-current', 'page');
      for (const place of deskPlaces) {
        const response = await page.goto(`/${locale}${DESK_PLACES[place].path}`);
        expect(response?.status(), place).toBe(mayLookAt(role, place) ? 200 : 404);
      }
      for (const table of ['investors', 'orders', 'offerings', 'documents', 'valuations'] as const) {
        const answer = await page.request.get(`/${locale}${DESK_PLACES[table].path}/csv`);
        expect(answer.status(), table).toBe(EXPORTERS.some((exporter) => exporter === role) ? 200 : 404);
      }
    });
  }

  test(`the auditor reads everything and finds nothing to do [${locale}]`, async ({ page, login, problems }) => {
    problems.allow(/404/);
    await login('auditor');
    await page.goto(`/${locale}/operator/offerings/spring-jp`);
    await expect(page.getByText(t('offering.state-note.DRAFT'))).toBeVisible();
    await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
    await expect(page.getByRole('link', { name: t('offering.edit') })).toHaveCount(0);
    await page.goto(`/${locale}/operator/offerings`);
    await expect(page.getByRole('link', { name: t('offerings.new') })).toHaveCount(0);
    for (const path of ['offerings/new', 'offerings/spring-jp/edit']) {
      expect((await page.goto(`/${locale}/operator/${path}`))?.status(), path).toBe(404);
    }
  });

  test(`the support desk sees people behind a mask [${locale}]`, async ({ page, login }) => {
    await login('support');
    const { email, id } = PERSONAS.japanese;
    await page.goto(`/${locale}/operator/investors`);
    await page.getByRole('searchbox').fill('misaki');
    await page.getByRole('button', { name: t('table.show') }).click();
    await expect(page.getByText(t('table.empty'))).toBeVisible();
    await page.getByRole('searchbox').fill(email);
    await page.getByRole('button', { name: t('table.show') }).click();
    const row = page.getByRole('row', { name: 'm•••@example.jp' });
    await expect(row).toContainText(String(id));
    await row.getByRole('link').click();
    await expect(page.getByText(t('investor.masked'))).toBeVisible();
    const source = await (await page.request.get(page.url())).text();
    for (const secret of [email, '髙橋', '美咲', 'タカハシ', '神宮前']) expect(source).not.toContain(secret);
    await expect(page.getByRole('link', { name: t('table.csv') })).toHaveCount(0);
  });

  test(`a citizen finds no desk, and a stranger is asked to sign in [${locale}]`, async ({
    page,
    login,
    problems,
    context,
  }) => {
    problems.allow(/404/);
    const paths = [
      '',
      '/investors',
      `/investors/${PERSONAS.american.id}`,
      '/orders',
      '/orders/csv',
      '/offerings',
      '/offerings/new',
    ];
    for (const path of paths) {
      await page.goto(`/${locale}/operator${path}`);
      await expect(page, path).toHaveURL(/\/sign-in\?next=/);
    }
    await login('american');
    for (const path of paths) {
      const response = await page.request.get(`/${locale}/operator${path}`);
      expect(response.status(), path).toBe(404);
      expect(await response.text(), path).not.toContain(PERSONAS.japanese.email);
    }
    await page.goto(`/${locale}/operator`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(texts(locale, 'failure')('not-found.title'));
    await expect(page.getByRole('navigation', { name: t('menu') })).toHaveCount(0);
    await context.clearCookies();
  });

  test(`on a phone the places fold away, and unfold without a script [${locale}]`, async ({
    browser,
    login,
    context,
    baseURL,
  }) => {
    await login('usOperator');
    const phone = await browser.newContext({
      viewport: { width: 360, height: 740 },
      javaScriptEnabled: false,
      storageState: await context.storageState(),
      ...(baseURL && { baseURL }),
    });
    const page = await phone.newPage();
    await page.goto(`/${locale}/operator`);
    await expect(page.getByRole('link', { name: t('places.orders') })).toHaveCount(0);
    await page.getByText(t('menu'), { exact: true }).click();
    await page.getByRole('link', { name: t('places.orders') }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('orders.title'));
    await phone.close();
  });
}

test('the dashboard says that the books balance, and what waits', async ({ page, login, site }) => {
  await login('usOperator');
  const t = texts('en', 'desk.dashboard');
  await page.goto('/en/operator');
  await expect(page.getByText(t('balanced'))).toBeVisible();
  const [{ n = 0 } = {}] = await site.sql<
    { n: number }[]
  >`select count(*)::int as n from offerings where state = 'DRAFT'`;
  expect(n).toBeGreaterThan(0);
  await expect(page.getByText(t('wait.drafts', { count: n }))).toBeVisible();
  await expect(page.getByRole('row', { name: /General offering \(US class\)/ })).toBeVisible();
});
