/** A new version of the prospectus during a window: the pages that say so, and a withdrawal after the close. The mail has a database test. */
import { randomUUID } from 'node:crypto';
import { subscribe } from '@/db/test-window';
import { withdrawalDeadline } from '@/lib/domain/calendar/withdrawal';
import { formatDeadline } from '@/lib/i18n/format';
import { expect, test, texts } from '../fixtures';
import type { Site } from '../fixtures/site';
import { ownOffering } from './ticket';

const CITIZENS = [
  { country: 'US', locale: 'en', zone: 'America/New_York', lot: 1_000n, name: 'Small offering' },
  { country: 'JP', locale: 'ja', zone: 'Asia/Tokyo', lot: 10_000n, name: '少額募集' },
] as const;

/** A window with a prospectus of its own, which closes in a day, and one person's subscription. */
async function ownWindow(site: Site, country: 'US' | 'JP', lot: bigint, citizen: bigint) {
  const slug = await ownOffering(site, country, 5n * lot, lot);
  const document = `prospectus-${randomUUID().slice(0, 8)}`;
  const [row] = await site.sql<{ id: number; closes: Date }[]>`
    with version as (
      insert into document_versions (fund_id, kind, slug, version, published_at)
      select fund_id, kind, ${document}, 1, published_at from document_versions where slug = 'prospectus' order by version desc limit 1 returning id
    ), texts as (
      insert into document_texts (document_version_id, locale, title, body, sha256)
      select version.id, t.locale, t.title, t.body, t.sha256 from version, document_texts t
       where t.document_version_id = (select max(id) from document_versions where slug = 'prospectus') returning locale, sha256, document_version_id
    ), opened as (
      insert into consents (investor_id, document_version_id, act, locale, sha256)
      select ${citizen}, document_version_id, 'OPENED', locale, sha256 from texts
    )
    update offerings set prospectus_id = (select id from version), method = 'BALLOT', lot_units = ${lot}, max_units = ${20n * lot},
           closes_at = app_now() + interval '1 day' where slug = ${slug} returning id, closes_at as closes`;
  if (!row) throw new Error('The window is not there.');
  await subscribe(site.sql, citizen, row.id, lot);
  return { slug, document, ...row };
}

/** What both signatures would do, by the owner of the database. */
const publish = (site: Site, document: string) => site.sql`
  select execute_document_version(
    jsonb_build_object('slug', ${document}::text, 'kind', 'PROSPECTUS', 'version', '2',
      'en', jsonb_build_object('title', 'Prospectus', 'body', '# Two', 'sha256', sha256_hex('# Two')),
      'ja', jsonb_build_object('title', '交付目論見書', 'body', '# 二', 'sha256', sha256_hex('# 二'))), null)`;

for (const { country, locale, zone, lot, name } of CITIZENS) {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(() => {
      test.use({ javaScriptEnabled });

      test(`an applicant is told of it and withdraws after the close [${locale}${javaScriptEnabled ? '' : ', without JavaScript'}]`, async ({
        page,
        site,
        login,
        newCitizen,
        clock,
      }) => {
        const { id } = await newCitizen(country, 1_000_000n);
        await login(id);
        const { slug, document, closes } = await ownWindow(site, country, lot, id);
        const t = texts(locale, 'subscription');
        await page.goto(`/${locale}/subscriptions/${slug}`);
        await expect(page.getByText(t('changed.title'))).toHaveCount(0);

        const until = withdrawalDeadline(await clock.now(), zone);
        expect(until > closes).toBe(true);
        await publish(site, document);
        await page.goto(`/${locale}/overview`);
        await expect(
          page.getByText(texts(locale, 'overview')('waits.subscription-changed', { offering: name })),
        ).toBeVisible();
        await page.goto(`/${locale}/subscriptions/${slug}`);
        await expect(page.getByText(t('changed.what', { until: formatDeadline(locale, until) }))).toBeVisible();
        await page
          .getByRole('link', {
            name: t('changed.read', { title: locale === 'ja' ? '交付目論見書' : 'Prospectus', version: '2' }),
          })
          .click();
        await expect(page).toHaveURL(new RegExp(`/${locale}/documents/${document}/2$`));
        await expect(page.getByRole('heading', { name: locale === 'ja' ? '二' : 'Two' })).toBeVisible();

        await clock.set(closes);
        await site.sql`update document_notices set finished_at = app_now()`;
        await site.sql`select advance_offerings()`;
        await site.sql`select list_closed_windows()`;
        await page.goto(`/${locale}/subscriptions/${slug}`);
        await expect(page.getByText(t('next.withdrawable', { until: formatDeadline(locale, until) }))).toBeVisible();
        await page.getByText(t('standing.withdraw'), { exact: true }).click();
        await page.getByRole('button', { name: t('standing.withdraw-confirm') }).click();
        await expect(page.getByText(t('done.WITHDRAWN'))).toBeVisible();
        await expect(page.getByText(t('changed.title'))).toHaveCount(0);
        const [wallet] = await site.sql`select reserved from wallets where investor_id = ${id}`;
        expect(wallet?.reserved).toBe(0n);
      });
    });
  }
}
