/**
 * `npm run pictures`: every page in both languages, narrow and wide, light and dark, whole, into pictures/. Not tests: they are for looking
 * through (LOOK.md, "How to judge"). `npm run pictures -- -g "home"` takes some alone.
 */
import path from 'node:path';
import { root } from '@/scripts/lib/state.mjs';
import { LOCALES, test } from '../fixtures';
import { nameOf, PAGES } from '../fixtures/pages';

const WIDTHS = [360, 1280] as const;
const SCHEMES = ['light', 'dark'] as const;

for (const listed of PAGES) {
  for (const locale of LOCALES) {
    test.describe(() => {
      test.use({ locale: locale === 'ja' ? 'ja-JP' : 'en-US' });

      test(`${nameOf(listed)} [${locale}]`, async ({ page, login }) => {
        if (listed.as) await login(listed.as);
        await page.goto(`/${locale}${listed.path}`);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
          // As tall as the page, so that the bar at the foot of a phone's screen covers nothing.
          const height = await page.evaluate(() => document.documentElement.scrollHeight);
          await page.setViewportSize({ width, height });
          for (const colorScheme of SCHEMES) {
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
            const file = `${nameOf(listed)}.${locale}.${width}.${colorScheme}.png`;
            await page.screenshot({ path: path.join(root, 'pictures', file) });
          }
        }
      });
    });
  }
}
