/** The result of a window: what went into the draw is published as it happens, and anyone's browser computes it again. */
import { closeWindow, commitSide, finishAllotment, startAllotment } from '@/db/test-window';
import { expect, LOCALES, test, texts } from '../fixtures';
import { axeFindings, tooWide } from '../fixtures/accessible';
import type { Site } from '../fixtures/site';
import { subscribeFor } from '../investor/ticket';

const LOT = 1_000n;
const LOTS_ASKED = [1n, 2n, 3n, 5n, 5n, 8n];

/** An open window for residents of the United States, with ten lots and room for one more. */
async function openWindow({ sql }: Site, slug: string): Promise<number> {
  const [offering] = await sql<{ id: number }[]>`
    insert into offerings (slug, class_id, name_en, name_ja, method, state, price, size_units, upsize_units, lot_units, min_units, max_units,
                           opens_at, closes_at, prospectus_id)
    select ${slug}, class_id, 'Winter window', '冬の期間募集', 'QUANTITY_CEILING', 'OPEN', price, ${10n * LOT}, ${LOT}, ${LOT}, ${LOT}, ${20n * LOT},
           app_now() - interval '1 day', app_now() + interval '1 day', prospectus_id
      from offerings where slug = 'general-us'
    returning id`;
  return offering?.id ?? 0;
}

test('a drawn window is published whole, and the browser says that it matches', async ({
  page,
  site,
  newCitizen,
  clock: _,
}) => {
  const slug = 'winter-window';
  const id = await openWindow(site, slug);
  for (const lots of LOTS_ASKED) await subscribeFor(site, id, await newCitizen('US', 10_000_000n), lots * LOT);
  const us = await commitSide(site.sql, id, 'US');
  const jp = await commitSide(site.sql, id, 'JP');
  await closeWindow(site.sql, id);
  expect(await us.reveal()).toBeNull();
  await startAllotment(site.sql, id);
  await finishAllotment(site.sql, id);

  for (const locale of LOCALES) {
    const t = texts(locale, 'results');
    await test.step(locale, async () => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(`/${locale}/offerings/${slug}/result`);
      // 24 lots asked for, 11 to share: a ceiling of two for everybody, and nothing left over.
      const figures = page.getByRole('region', { name: t('figures.title') });
      await expect(figures).toContainText(t('figures.applicants-value', { count: 6 }));
      const draw = page.getByRole('region', { name: t('draw.title') });
      for (const hash of [us.commitment, jp.commitment, us.secret]) await expect(draw).toContainText(hash);
      await expect(draw).toContainText(t('draw.not-revealed'));

      await page.getByRole('button', { name: t('check.button') }).click();
      await expect(page.getByRole('status')).toHaveText(t('check.verdict.matches'));
      await expect(page.getByText(t('check.right'), { exact: true })).toHaveCount(8);
      expect(await axeFindings(page)).toEqual([]);
      expect(await tooWide(page)).toEqual([]);
    });
  }

  await test.step('a file that was changed on its way does not match', async () => {
    const t = texts('en', 'results.check');
    await page.route('**/api/offerings/*/result', async (route) => {
      const response = await route.fetch();
      // Somebody gets a lot more than the draw gave.
      const body = (await response.text()).replace(/"1000", "1000"\]/, '"1000", "0"]');
      await route.fulfill({ response, body });
    });
    await page.goto(`/en/offerings/${slug}/result`);
    await page.getByRole('button', { name: t('button') }).click();
    await expect(page.getByRole('status')).toHaveText(t('verdict.differs'));
    await expect(page.getByText(t('wrong'), { exact: true })).toHaveCount(1);
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page of an offering that sells at once says that nothing is drawn', async ({ page }) => {
    await page.goto('/ja/offerings/founding-jp/result');
    await expect(page.getByText(texts('ja', 'results')('lead.FIRST_COME'))).toBeVisible();
  });
});

test('there is no result file before there is a result', async ({ request }) => {
  for (const slug of ['general-us', 'none']) {
    const response = await request.get(`/api/offerings/${slug}/result`);
    expect(response.status()).toBe(404);
  }
});
