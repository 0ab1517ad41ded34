/** Offerings say their state in words, and offer the next step only where there is one. */
import { expect, LOCALES, test, texts } from '../fixtures';

for (const locale of LOCALES) {
  const t = texts(locale, 'offerings');

  test(`an open offering leads to the order, its documents and its terms [${locale}]`, async ({ page }) => {
    await page.goto(`/${locale}/offerings`);
    const open = page.getByRole('region', { name: t('group.OPEN') });
    await open.getByRole('link').first().click();
    await expect(page).toHaveURL(new RegExp(`/${locale}/offerings/general-${locale === 'ja' ? 'jp' : 'us'}$`));
    // The page that the reader left stays in the document, hidden, for the way back.
    await expect(page.getByText(t('phase.OPEN'), { exact: true }).filter({ visible: true })).toHaveCount(1);
    const buy = page.getByRole('main').getByRole('link', { name: t('detail.buy') });
    await expect(buy).toHaveAttribute('href', new RegExp(`^/${locale}/buy/general-`));

    const documents = page.getByRole('region', { name: t('detail.documents') });
    await expect(documents).toContainText(/[0-9a-f]{64}/);
    await documents.getByRole('link').click();
    await expect(page).toHaveURL(new RegExp(`/${locale}/documents/prospectus/2$`));
  });

  for (const [slug, state] of [
    ['anniversary-jp', 'UPCOMING'],
    ['founding-us', 'CLOSED'],
  ] as const) {
    test(`${slug} says that it is ${state}, and has no button [${locale}]`, async ({ page }) => {
      await page.goto(`/${locale}/offerings/${slug}`);
      await expect(page.getByText(t(`detail.state.${state}`))).toBeVisible();
      await expect(page.getByRole('link', { name: t('detail.buy') })).toHaveCount(0);
    });
  }
}
