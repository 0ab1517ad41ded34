/** What holds for every page, in both languages. The pages stand in e2e/fixtures/pages.ts. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '@/scripts/lib/state.mjs';
import { expect, LOCALES, test, texts } from '../fixtures';
import { axeFindings, tooWide } from '../fixtures/accessible';
import { foreignWords } from '../fixtures/language';
import { isPublic, nameOf, PAGES } from '../fixtures/pages';
import { prefetchOnce } from '../fixtures/prefetch';

const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1280, height: 900 };

// No test of these changes anything: they may be spread over all workers.
test.describe.configure({ mode: 'parallel' });

test('every page stands in the list of pages', () => {
  const folder = path.join(root, 'app', '[locale]');
  const routes = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'page.tsx')
    .map((file) => path.dirname(file));
  expect([...new Set(PAGES.map((page) => page.route))].sort()).toEqual(routes.sort());
});

for (const listed of PAGES) {
  for (const locale of LOCALES) {
    test.describe(() => {
      test.use({
        viewport: NARROW,
        locale: locale === 'ja' ? 'ja-JP' : 'en-US',
        colorScheme: 'light',
        contextOptions: { reducedMotion: 'reduce' },
      });

      // One visit for all of it: a page is looked at more often than it is loaded.
      test(`${nameOf(listed)} [${locale}]`, async ({ page, login, baseURL }) => {
        const address = `/${locale}${listed.path}`;
        if (listed.as) await login(listed.as);
        await prefetchOnce(page);
        const response = await page.goto(address);
        expect(response?.status()).toBe(200);
        // Where access was refused the reader is elsewhere now.
        expect(page.url()).toBe(`${baseURL}${address}`);

        await test.step('is of its language', async () => {
          await expect(page.locator('html')).toHaveAttribute('lang', locale);
          await expect(page).toHaveTitle(new RegExp(texts(locale, 'common')('name')));
          await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
          await expect(page.getByText(texts(locale, 'common')('simulation'))).toBeVisible();
          expect.soft(await foreignWords(page, locale), 'words of another language').toEqual([]);
          expect
            .soft(await alternates(page), 'hreflang')
            .toEqual(
              isPublic(listed)
                ? { en: `/en${listed.path}`, ja: `/ja${listed.path}`, 'x-default': `/en${listed.path}` }
                : {},
            );
        });

        await test.step('is accessible, in light and dark', async () => {
          // As tall as the page, so that nothing lies under the bar at the foot of the screen, from where it could be scrolled away.
          const height = await page.evaluate(() => document.documentElement.scrollHeight);
          await page.setViewportSize({ ...NARROW, height: height + NARROW.height });
          expect.soft(await axeFindings(page), 'light').toEqual([]);
          // Darkness changes colours and nothing else, and those are the same in both languages.
          if (locale !== 'en') return;
          await page.emulateMedia({ colorScheme: 'dark' });
          expect.soft(await axeFindings(page, ['color-contrast']), 'dark').toEqual([]);
        });

        await test.step('fits its screen', async () => {
          for (const viewport of [NARROW, WIDE]) {
            await page.setViewportSize(viewport);
            expect.soft(await tooWide(page), `${viewport.width} px`).toEqual([]);
          }
        });
      });
    });
  }
}

const alternates = async (page: Page): Promise<Record<string, string>> =>
  Object.fromEntries(
    await page
      .locator('link[rel=alternate][hreflang]')
      .evaluateAll((links) =>
        links.map((link) => [link.getAttribute('hreflang') ?? '', new URL((link as HTMLLinkElement).href).pathname]),
      ),
  );
