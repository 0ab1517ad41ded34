/** The pictures of the README: first screens, into docs/pictures/. Taken with all the others, and committed when they have changed. */
import path from 'node:path';
import { root } from '@/scripts/lib/state.mjs';
import { test } from '../fixtures';
import { PAGES } from '../fixtures/pages';

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };
const review = PAGES.find(({ route, as }) => route.endsWith('/review') && as === 'american')?.path ?? '';

for (const [file, address, viewport, colorScheme, as] of [
  ['home', '/en', DESK, 'light', null],
  ['overview-ja', '/ja/overview', PHONE, 'light', 'japanese'],
  ['review-en', `/en${review}`, PHONE, 'light', 'american'],
  ['offering-ja-dark', '/ja/offerings/general-jp', PHONE, 'dark', null],
] as const) {
  test.describe(() => {
    test.use({ viewport, colorScheme });

    test(`README ${file}`, async ({ page, login }) => {
      if (as) await login(as);
      await page.goto(address);
      await page.screenshot({ path: path.join(root, 'docs', 'pictures', `${file}.png`) });
    });
  });
}
