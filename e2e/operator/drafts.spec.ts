/** Drafts of offerings: typed in both languages, refused with reasons beside the fields, kept, saved, and seen by staff alone. */
import { randomUUID } from 'node:crypto';
import { expect, LOCALES, test, texts } from '../fixtures';
import { button, field } from '../fixtures/forms';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    for (const locale of LOCALES) {
      test(`a draft keeps what was typed, says what is wrong, and is saved [${locale}]`, async ({
        page,
        login,
        site,
        problems,
      }) => {
        problems.allow(/404/);
        await login(locale === 'ja' ? 'jpOperator' : 'manager');
        const t = texts(locale, 'desk');
        const names = texts(locale, 'common.fields');
        const errors = texts(locale, 'errors');
        const box = (name: Parameters<typeof names>[0]) => field(page, locale, names(name));
        const slug = `draft-${randomUUID().slice(0, 8)}`;
        await page.goto(`/${locale}/operator/offerings`);
        await page.getByRole('link', { name: t('offerings.new') }).click();
        await box('classCode').selectOption('JP');
        await box('slug').fill(slug);
        await box('nameEn').fill('冬の募集');
        await box('nameJa').fill('冬の募集（日本クラス）');
        await box('price').fill('10,00');
        await box('sizeUnits').fill('1,000,000');
        await box('lotUnits').fill('10000');
        await box('minUnits').fill('15000');
        await box('maxUnits').fill('１０００００');
        await box('opensAt').fill('2026-12-10T09:00');
        await box('closesAt').fill('2026-12-01T15:00');
        await button(page, t('draft.save')).click();

        const summary = page.getByRole('alert').filter({ hasText: texts(locale, 'common')('form.summary') });
        await expect(summary.getByRole('link')).toHaveCount(4);
        await expect(box('nameEn')).toHaveAccessibleDescription(new RegExp(errors('draft.latin')));
        await expect(box('price')).toHaveAttribute('aria-invalid', 'true');
        await expect(box('minUnits')).toHaveAccessibleDescription(new RegExp(errors('draft.lots')));
        await expect(box('closesAt')).toHaveAccessibleDescription(new RegExp(errors('draft.window')));
        await expect(box('nameJa')).toHaveValue('冬の募集（日本クラス）');
        await expect(box('maxUnits')).toHaveValue('100000');
        await expect(box('classCode')).toHaveValue('JP');

        await box('nameEn').fill('Winter offering (Japan class)');
        await box('price').fill('10,000');
        await box('minUnits').fill('10000');
        await box('closesAt').fill('2026-12-20T15:00');
        await button(page, t('draft.save')).click();
        await expect(page.getByRole('heading', { name: t('offering.saved') })).toBeVisible();
        await expect(page.getByText('Winter offering (Japan class)').first()).toBeVisible();
        await expect(page.getByText('冬の募集（日本クラス）').first()).toBeVisible();
        const [row] = await site.sql`
          select state, price, size_units, opens_at, terms_version from offerings where slug = ${slug}`;
        expect(row).toEqual({
          state: 'DRAFT',
          price: 10_000n,
          size_units: 1_000_000n,
          opens_at: new Date('2026-12-10T00:00:00Z'),
          terms_version: 1,
        });
        // The public sees nothing of it.
        expect((await page.request.get(`/${locale}/offerings/${slug}`)).status()).toBe(404);
        expect(await (await page.request.get(`/${locale}/offerings`)).text()).not.toContain(slug);

        await page.getByRole('link', { name: t('offering.edit') }).click();
        await expect(box('price')).toHaveValue('10000');
        await box('price').fill('10500');
        await button(page, t('draft.save')).click();
        await expect(page.getByRole('heading', { name: t('offering.saved') })).toBeVisible();
        await expect(page.getByRole('main')).toContainText('10,500');

        await button(page, t('offering.propose')).click();
        await expect(page.getByRole('heading', { name: texts(locale, 'proposals')('done.proposed') })).toBeVisible();
        await page.goto(`/${locale}/operator/offerings/${slug}`);
        await expect(page.getByText(t('offering.state-note.IN_APPROVAL'))).toBeVisible();
        await expect(page.getByRole('link', { name: t('offering.edit') })).toHaveCount(0);
        expect((await page.request.get(`/${locale}/operator/offerings/${slug}/edit`)).status()).toBe(404);
      });
    }
  });
}

test('of two editors the second is told that the first was there', async ({
  page,
  login,
  browser,
  context,
  baseURL,
}) => {
  const t = texts('en', 'desk');
  await login('usOperator');
  const other = await browser.newContext({ storageState: await context.storageState(), ...(baseURL && { baseURL }) });
  const second = await other.newPage();
  for (const editor of [page, second]) await editor.goto('/en/operator/offerings/spring-jp/edit');
  const name = texts('en', 'common.fields')('price');
  await field(page, 'en', name).fill('11111');
  await button(page, t('draft.save')).click();
  await expect(page.getByRole('heading', { name: t('offering.saved') })).toBeVisible();
  await field(second, 'en', name).fill('22222');
  await button(second, t('draft.save')).click();
  await expect(second.getByRole('alert').filter({ hasText: texts('en', 'errors')('draft.changed') })).toBeVisible();
  await expect(field(second, 'en', name)).toHaveValue('22222');
  await other.close();
});
