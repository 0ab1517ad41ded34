/** The next version of a document: both languages side by side, refused when they part, handed to both sides together. */
import { expect, LOCALES, test, texts } from '../fixtures';
import { button, field } from '../fixtures/forms';

for (const locale of LOCALES) {
  test(`a version is read in both languages, and the next one is proposed in both [${locale}]`, async ({
    page,
    login,
    site,
  }) => {
    await login(locale === 'ja' ? 'jpOperator2' : 'usOperator2');
    const t = texts(locale, 'desk.documents');
    const errors = texts(locale, 'errors');
    const box = (name: 'bodyEn' | 'bodyJa') => field(page, locale, texts(locale, 'common.fields')(name));
    const slug = locale === 'ja' ? 'e-delivery' : 'pre-contract';
    await page.goto(`/${locale}/operator/documents/${slug}/1`);
    for (const language of LOCALES) await expect(page.locator(`article div[lang=${language}]`)).toBeVisible();
    await page.getByRole('link', { name: t('new') }).click();
    const body = { en: await box('bodyEn').inputValue(), ja: await box('bodyJa').inputValue() };

    await button(page, t('propose')).click();
    await expect(box('bodyEn')).toHaveAccessibleDescription(new RegExp(errors('document.unchanged')));
    await box('bodyEn').fill(`${body.en}\n\n## One more\n\nText.`);
    await button(page, t('propose')).click();
    await expect(box('bodyJa')).toHaveAttribute('aria-invalid', 'true');
    await expect(box('bodyEn')).toHaveValue(/## One more/);
    await box('bodyJa').fill(`${body.ja}\n\n## もう一つ\n\n本文。`);
    await button(page, t('propose')).click();
    await expect(page.getByRole('heading', { name: texts(locale, 'proposals')('done.proposed') })).toBeVisible();
    const found = await site.sql`
      select p.kind from proposals p where p.state = 'OPEN' and p.subject = ${`document:${slug}`}`;
    expect([...found]).toEqual([{ kind: 'DOCUMENT_VERSION' }]);
    // Nothing is published before both sides have signed.
    expect((await page.request.get(`/${locale}/documents/${slug}/2`)).status()).toBe(404);
  });
}
