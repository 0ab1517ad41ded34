/** An order's pages as their reader walks them, by the words on them. */
import type { Page } from '@playwright/test';
import { subscribe } from '@/db/test-window';
import { amountForUnits } from '@/lib/domain/orders/pricing';
import type { Country, Locale } from '@/lib/domain/states';
import { expect, texts } from '../fixtures';
import type { NewCitizen } from '../fixtures/people';
import type { Site } from '../fixtures/site';

export const CLASSES = {
  US: {
    country: 'US',
    currency: 'USD',
    unitDecimals: 3,
    quoteUnits: 1_000n,
    priceDecimals: 4,
    offering: 'general-us',
    holding: '/holdings/us',
  },
  JP: {
    country: 'JP',
    currency: 'JPY',
    unitDecimals: 0,
    quoteUnits: 10_000n,
    priceDecimals: 0,
    offering: 'general-jp',
    holding: '/holdings/jp',
  },
} as const;

export const costOf = (country: Country, units: bigint, price: bigint) =>
  amountForUnits(units, price, CLASSES[country]);

export async function priceOf(site: Site, slug: string): Promise<bigint> {
  const [row] = await site.sql<{ price: bigint }[]>`select price from offerings where slug = ${slug}`;
  if (!row) throw new Error(`There is no offering ${slug}.`);
  return BigInt(row.price);
}

export const ordersOf = (site: Site, investorId: bigint) =>
  site.sql<{ key: string; number: bigint; units: bigint; amount_minor: bigint; state: string }[]>`
    select key::text, number, units, amount_minor, state from orders where investor_id = ${investorId}`;

/** An offering of a test's own, like the general one but with as many units as named; its prospectus is the same. */
export async function ownOffering(site: Site, country: Country, sizeUnits: bigint, minUnits = 1n): Promise<string> {
  const slug = `own-${Math.floor(performance.now() * 1_000)}-${country.toLowerCase()}`;
  await site.sql`
    insert into offerings (slug, class_id, name_en, name_ja, method, state, price, size_units, lot_units, min_units, max_units,
                           opens_at, closes_at, prospectus_id)
    select ${slug}, class_id, 'Small offering', '少額募集', method, state, price, ${sizeUnits}, lot_units, ${minUnits}, max_units,
           opens_at, closes_at, prospectus_id from offerings where slug = ${CLASSES[country].offering}`;
  return slug;
}

/** Ends the sale of all of them: one person may buy a whole one, and while it is on, that is past a limit of the covenant. */
export async function closeOwnOfferings({ sql }: Site) {
  await sql`update offerings set closes_at = app_now() where slug like 'own-%' and state = 'OPEN'`;
  await sql`select advance_offerings()`;
}

/** A subscription of somebody else than the one whose pages are looked at: the prospectus opened, and the units asked for. */
export async function subscribeFor({ sql }: Site, offeringId: number, citizen: NewCitizen, units: bigint) {
  await sql`
    insert into consents (investor_id, document_version_id, act, locale, sha256)
    select ${citizen.id}, o.prospectus_id, 'OPENED', 'en', t.sha256
      from offerings o join document_texts t on t.document_version_id = o.prospectus_id and t.locale = 'en' where o.id = ${offeringId}`;
  await subscribe(sql, citizen.id, offeringId, units);
}

/**
 * Presses a button and waits for its answer: the refusal of the press before must not pass for it. The page that an answer leads away from is kept
 * hidden, with its form as it was left; it is the page in sight that has to be through.
 */
export async function press(page: Page, name: string) {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name, exact: true }).click();
  await answered;
  await expect(page.locator('form[aria-busy=true]:visible')).toHaveCount(0);
}

export class Ticket {
  readonly t;
  constructor(
    private page: Page,
    private locale: Locale,
  ) {
    this.t = texts(locale, 'buy');
  }

  open = (slug: string) => this.page.goto(`/${this.locale}/buy/${slug}`);

  /** A window has words of its own. */
  async ask(kind: 'BUY_AMOUNT' | 'BUY_UNITS', figure: string, words: '' | 'window.' = '') {
    await this.page.getByRole('radio', { name: this.t(`ticket.${kind}`) }).check();
    await this.page.getByRole('textbox').fill(figure);
    await press(this.page, this.t(`${words}ticket.submit`));
  }

  /** From the ticket to a review that waits for nothing but consent. */
  async reviewed(kind: 'BUY_AMOUNT' | 'BUY_UNITS', figure: string) {
    await this.ask(kind, figure);
    await this.page.getByRole('button', { name: this.t('review.document-open') }).click();
    await this.page
      .getByRole('link', { name: this.t('prospectus.back') })
      .first()
      .click();
    await expect(this.page.getByRole('heading', { level: 1, name: this.t('review.title') })).toBeVisible();
  }

  /** The first subscription to a window by units, up to where it stands. */
  async subscribe(slug: string, units: string) {
    await this.open(slug);
    await this.ask('BUY_UNITS', units, 'window.');
    await this.page.getByRole('button', { name: this.t('review.document-open') }).click();
    await this.page
      .getByRole('link', { name: this.t('prospectus.back') })
      .first()
      .click();
    await expect(this.page.getByRole('heading', { level: 1, name: this.t('window.review-title') })).toBeVisible();
    await this.consent().check();
    await this.page.getByRole('button', { name: this.t('window.confirm'), exact: true }).click();
    await expect(this.page.getByText(texts(this.locale, 'subscription')('done.PLACED'))).toBeVisible();
  }

  consent = () => this.page.getByRole('checkbox');

  place = () => this.page.getByRole('button', { name: this.t('review.confirm'), exact: true });
}

/** The refusal stands in the summary, linked to its field, and beside the field. */
export async function expectRefusal(page: Page, text: string | RegExp, field?: string) {
  const summary = page.getByRole('alert').filter({ has: page.getByRole('heading') });
  await expect(summary).toContainText(text);
  if (!field) return;
  await expect(summary.getByRole('link', { name: text })).toHaveAttribute('href', `#${field}`);
  await expect(page.locator(`#${field}`)).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator(`#${field}-error`)).toContainText(text);
}
