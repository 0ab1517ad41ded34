/** What is not there, and what is someone else's: 404, and a page that says so in the reader's language, with a script and without one. */
import type { Page } from '@playwright/test';
import { expect, LOCALES, PERSONAS, type PersonaName, test, texts } from '../fixtures';

const KEY = '00000000-0000-4000-8000-00000000dead';
const PUBLIC = ['/offerings/none', '/documents/prospectus/99', '/documents/prospectus/first', '/nothing/here'];
const PRIVATE = [
  '/holdings/none',
  `/orders/${KEY}`,
  '/orders/mine',
  '/buy/none',
  `/buy/none/review?kind=BUY_AMOUNT&amount=1&units=&key=${KEY}`,
  '/buy/none/prospectus',
];

/** Pages of the desk for those who have no business there. */
const DESK: [PersonaName, string[]][] = [
  [
    'american',
    [
      '/operator',
      '/operator/investors',
      `/operator/investors/${PERSONAS.japanese.id}`,
      '/operator/offerings/new',
      '/operator/proposals',
      `/operator/proposals/${KEY}`,
      '/operator/log',
    ],
  ],
  ['support', ['/operator/proposals', '/operator/log', '/operator/offerings/new']],
  ['manager', ['/operator/orders', `/operator/investors/${PERSONAS.american.id}`]],
  ['auditor', ['/operator/proposals/new', '/operator/proposals/new/covenant', '/operator/documents/prospectus/new']],
];

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });
    test.slow();

    for (const locale of LOCALES) {
      const t = texts(locale, 'failure.not-found');
      // Whether something is there the server says before any script runs: each address is asked for in both languages, with a script in one of them
      // and without in the other. The other two ways see one address of each kind of page.
      const some = <T>(all: T[]): T[] => (javaScriptEnabled === (locale === 'en') ? all : all.slice(0, 1));

      async function expectNotFound(page: Page, path: string) {
        const response = await page.goto(`/${locale}${path}`);
        expect(response?.status(), path).toBe(404);
        await expect(page.getByRole('heading', { level: 1 }), path).toHaveText(t('title'));
        await expect(page.getByRole('link', { name: t('home') }), path).toHaveAttribute('href', `/${locale}`);
        await expect(page.locator('html'), path).toHaveAttribute('lang', locale);
        await expect(page, path).toHaveTitle(new RegExp(t('title')));
      }

      test(`on public pages [${locale}]`, async ({ page, problems }) => {
        problems.allow(/404/);
        for (const path of some(PUBLIC)) await expectNotFound(page, path);
      });

      test(`on a person’s own pages [${locale}]`, async ({ page, login, problems }) => {
        problems.allow(/404/);
        await login('american');
        for (const path of some(PRIVATE)) await expectNotFound(page, path);
      });

      test(`on the desk, for whoever has no business there [${locale}]`, async ({ page, login, problems }) => {
        problems.allow(/404/);
        for (const [who, paths] of some(DESK)) {
          await login(who);
          for (const path of some(paths)) await expectNotFound(page, path);
        }
      });
    }

    for (const path of ['/fr', '/fr/offerings', '/fr/offerings/general-us', '/nothing']) {
      test(`${path} is of no language, and answers in the reader’s`, async ({ page, problems }) => {
        problems.allow(/404/);
        const response = await page.goto(path);
        expect(response?.status()).toBe(404);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(texts('en', 'failure.not-found')('title'));
      });
    }
  });
}
