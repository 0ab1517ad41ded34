/** A purchase with nothing but a keyboard: everything can be reached, is seen to be reached, and can be used. */
import type { Locator, Page } from '@playwright/test';
import { expect, LOCALES, test, texts } from '../fixtures';
import { button } from '../fixtures/forms';

/** Presses Tab until the control has the focus, and expects that a reader sees where it is. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if (await control.evaluate((element) => element === document.activeElement)) {
      const shown = await control.evaluate((element) => {
        // A ring may be drawn around the control or around the label that it fills.
        const around = element.closest('label') ?? element;
        return [element, around].some((one) => {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
          return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
        });
      });
      expect(shown, 'the focus can be seen').toBe(true);
      await expect(control).toBeInViewport();
      return;
    }
  }
  throw new Error('The control cannot be reached with the Tab key.');
}

for (const locale of LOCALES) {
  test(`a purchase by keyboard alone [${locale}]`, async ({ page, login, newCitizen }) => {
    const t = texts(locale, 'buy');
    const [country, cash, slug, amount] =
      locale === 'ja'
        ? (['JP', 300_000n, 'general-jp', '20000'] as const)
        : (['US', 900_00n, 'general-us', '150'] as const);
    await login((await newCitizen(country, cash)).id);
    await page.goto(`/${locale}/buy/${slug}`);

    // The first stop of every page leads past its header.
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: texts(locale, 'common')('skip') });
    await expect(skip).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('#content')).toBeFocused();

    await tabTo(page, page.getByRole('radio').and(page.locator(':checked')));
    await tabTo(page, page.getByLabel(new RegExp(`^${t('ticket.amount')} `)));
    await page.keyboard.type(amount);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: t('review.title') })).toBeVisible();

    await tabTo(page, button(page, t('review.document-open')));
    await page.keyboard.press('Enter');
    const back = page.getByRole('link', { name: t('prospectus.back') }).first();
    await tabTo(page, back);
    await page.keyboard.press('Enter');

    await tabTo(page, page.getByRole('checkbox'));
    await page.keyboard.press('Space');
    await tabTo(page, button(page, t('review.confirm')));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: texts(locale, 'order')('placed-title') })).toBeVisible();
  });

  test(`what was typed survives the switch of language [${locale}]`, async ({ page, login, newCitizen }) => {
    const [country, cash, slug, amount] =
      locale === 'ja'
        ? (['JP', 300_000n, 'general-jp', '12345'] as const)
        : (['US', 900_00n, 'general-us', '123.45'] as const);
    await login((await newCitizen(country, cash)).id);
    await page.goto(`/${locale}/buy/${slug}`);
    await page.getByLabel(new RegExp(`^${texts(locale, 'buy')('ticket.amount')} `)).fill(amount);
    await page.getByRole('link', { name: texts(locale, 'common')('switch-language') }).click();
    const other = locale === 'en' ? 'ja' : 'en';
    await expect(page).toHaveURL(new RegExp(`/${other}/buy/${slug}$`));
    await expect(page.getByLabel(new RegExp(`^${texts(other, 'buy')('ticket.amount')} `))).toHaveValue(amount);
  });
}

test('a refusal takes the focus, and leads to its field', async ({ page, login, newCitizen }) => {
  await login((await newCitizen('US', 900_00n)).id);
  await page.goto('/en/buy/general-us');
  const t = texts('en', 'buy');
  const amount = page.getByLabel(new RegExp(`^${t('ticket.amount')} `));
  await amount.fill('abc');
  await amount.press('Enter');
  const summary = page.getByRole('alert').filter({ hasText: texts('en', 'common')('form.summary') });
  await expect(summary).toBeFocused();
  await expect(amount).toHaveValue('abc');
  await expect(amount).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(amount).toBeFocused();
});
