/** A window from its draft to its last refund, as the people of both sides and a citizen live it; at its end a browser computes the draw again. */
import type { Page } from '@playwright/test';
import { verifyInvariants } from '@/db/queries/verify';
import { commitmentOf } from '@/lib/domain/allotment/seed';
import { formatMoney, formatUnits } from '@/lib/i18n/format';
import { expect, type Locale, Outbox, type PersonaName, test, texts } from '../fixtures';
import { button, field } from '../fixtures/forms';
import { runJob } from '../fixtures/jobs';
import { CLASSES, closeOwnOfferings, costOf, subscribeFor, Ticket } from '../investor/ticket';

/** The clock of the tests stands at noon in Tokyo, ten at night in New York. Opens in an hour, closes two hours later, secrets an hour after that. */
const STORIES = [
  {
    locale: 'en',
    country: 'US',
    lot: 1_000n,
    typed: { lot: '1', size: '20', upsize: '2', most: '4', price: '10' },
    price: 100_000n,
    times: { opensAt: '2026-11-17T23:00', closesAt: '2026-11-18T01:00', revealBy: '2026-11-18T02:00' },
    reveals: ['usOperator', 'jpOperator'],
  },
  {
    locale: 'ja',
    country: 'JP',
    lot: 10_000n,
    typed: { lot: '10000', size: '200000', upsize: '20000', most: '40000', price: '10000' },
    price: 10_000n,
    times: { opensAt: '2026-11-18T13:00', closesAt: '2026-11-18T15:00', revealBy: '2026-11-18T16:00' },
    // A side that keeps its secret changes nothing about who can be checked.
    reveals: ['usOperator'],
  },
] as const;

const OPENS = new Date('2026-11-18T04:00:00Z');
const CLOSES = new Date('2026-11-18T06:00:00Z');
/** Of the others, in lots. With the four of the citizen that is 25 for 22: a ceiling of 3, and 2 more lots by draw. */
const ASKED = [4n, 4n, 4n, 4n, 3n, 2n];
const SUPPLY = 22n;

for (const { locale, country, lot, typed, price, times, reveals } of STORIES) {
  test(`two sides run a window from its draft to its refunds [${locale}]`, async ({
    page,
    site,
    login,
    newCitizen,
    clock,
    outbox,
  }) => {
    test.setTimeout(180_000);
    const slug = `story-${country.toLowerCase()}`;
    const { currency, unitDecimals } = CLASSES[country];
    const desk = texts(locale, 'desk');
    const proposals = texts(locale, 'proposals');
    const operators = new Operators(page, locale, login);
    const shown = (parts: bigint) => formatUnits(locale, parts, unitDecimals);

    await test.step('a draft, and two signatures', async () => {
      await closeOwnOfferings(site);
      await login('manager');
      await page.goto(`/${locale}/operator/offerings/new`);
      const names = texts(locale, 'common.fields');
      const box = (name: Parameters<typeof names>[0], need?: 'optional') => field(page, locale, names(name), need);
      await box('classCode').selectOption(country);
      await box('slug').fill(slug);
      await box('nameEn').fill('Story window');
      await box('nameJa').fill('物語の期間募集');
      await box('method').selectOption('QUANTITY_CEILING');
      await box('price').fill(typed.price);
      await box('sizeUnits').fill(typed.size);
      await box('upsizeUnits', 'optional').fill(typed.upsize);
      await box('lotUnits').fill(typed.lot);
      await box('minUnits').fill(typed.lot);
      await box('maxUnits').fill(typed.most);
      await box('opensAt').fill(times.opensAt);
      await box('closesAt').fill(times.closesAt);
      await box('revealBy', 'optional').fill(times.revealBy);
      await button(page, desk('draft.save')).click();
      await expect(page.getByRole('heading', { name: desk('offering.saved') })).toBeVisible();
      await button(page, desk('offering.propose')).click();
      await expect(page.getByText(proposals('done.proposed'))).toBeVisible();
      const proposal = page.url();
      await operators.sign('usOperator', proposal, 'signed');
      await operators.sign('jpOperator', proposal, 'executed');
    });

    const [row] = await site.sql<{ id: number; state: string }[]>`select id, state from offerings where slug = ${slug}`;
    expect(row?.state).toBe('APPROVED');
    const offering = row?.id ?? 0;
    const secrets = new Map<PersonaName, string>();
    const committed = { usOperator: 'US', jpOperator: 'JP' } as const;

    await test.step('each side commits to a secret', async () => {
      for (const who of ['usOperator', 'jpOperator'] as const) {
        const secret = await operators.commit(who, slug);
        secrets.set(who, secret);
        await expect(page.getByRole('region', { name: desk('draw.steps') })).toContainText(
          commitmentOf(slug, committed[who], secret),
        );
        // Once, and nobody is told what it was.
        await expect(button(page, desk('draw.commit.act'))).toHaveCount(0);
        expect(await page.content()).not.toContain(secret);
      }
    });

    const citizen = await newCitizen(country, 10_000_000n);
    await test.step('it opens by itself, and people subscribe', async () => {
      await clock.set(OPENS);
      await site.sql`select advance_offerings()`;
      await login(citizen.id);
      await new Ticket(page, locale).subscribe(slug, typed.most);
      for (const lots of ASKED) await subscribeFor(site, offering, await newCitizen(country, 10_000_000n), lots * lot);
    });

    await test.step('it closes, and the list is committed to', async () => {
      await clock.set(CLOSES);
      await site.sql`select advance_offerings()`;
      await site.sql`select list_closed_windows()`;
      for (const who of reveals) {
        await operators.reveal(who, slug, '0'.repeat(64));
        await expect(page.getByRole('alert', { name: texts(locale, 'common')('form.summary') })).toContainText(
          texts(locale, 'errors')('draw.wrong-secret'),
        );
        await operators.reveal(who, slug, secrets.get(who) ?? '');
        await expect(page.getByRole('heading', { name: desk('draw.done.revealed') })).toBeVisible();
      }
    });

    await test.step('both sides sign what would be allotted', async () => {
      await login('manager');
      await page.goto(`/${locale}/operator/offerings/${slug}/draw`);
      const preview = page.getByRole('region', { name: desk('draw.preview.title') });
      await expect(preview).toContainText(shown(SUPPLY * lot));
      await expect(preview.getByRole('region', { name: desk('draw.preview.histogram') }).getByRole('row')).toHaveCount(
        3,
      );
      await button(page, desk('draw.propose.act')).click();
      await expect(page.getByText(proposals('done.proposed'))).toBeVisible();
      await expect(page.getByRole('heading', { name: desk('draw.preview.title') })).toBeVisible();
      const proposal = page.url();
      await operators.sign('usOperator2', proposal, 'signed');
      // Before the beacon’s pulse nobody can start the run, whoever has signed.
      await login('jpOperator2');
      await page.goto(proposal);
      await button(page, proposals('sign.act')).click();
      await expect(page.getByRole('alert', { name: texts(locale, 'common')('form.summary') })).toContainText(
        texts(locale, 'errors')('allotment.before-pulse'),
      );
      const [draw] = await site.sql<{ at: Date }[]>`select pulse_at as at from draws where offering_id = ${offering}`;
      await clock.set(draw?.at ?? CLOSES);
      await operators.sign('jpOperator2', proposal, 'executed');
    });

    await test.step('the run goes through, and the desk shows how far it is', async () => {
      await page.goto(`/${locale}/operator`);
      await expect(page.getByText(desk('draw.run.step.ALLOT.ALLOT'))).toBeVisible();
      await page.goto(`/${locale}/operator/offerings/${slug}/draw`);
      const run = page.getByRole('region', { name: desk('draw.run.title.ALLOT') });
      await expect(run.getByRole('listitem').filter({ hasText: desk('draw.run.now') })).toHaveCount(1);
      await runJob(site, 'advance-allotments');
      // Nobody has to load the page again.
      await expect(run.getByRole('listitem').filter({ hasText: desk('draw.run.done') })).toHaveCount(4);
    });

    await test.step('a browser computes the draw again', async () => {
      await page.goto(`/${locale}/offerings/${slug}/result`);
      const check = texts(locale, 'results.check');
      await page.getByRole('button', { name: check('button') }).click();
      await expect(page.getByRole('status')).toHaveText(check('verdict.matches'));
    });

    await test.step('refunds, units, the mail and the books are right', async () => {
      const allotted = await site.sql<{ investor_id: bigint; units: bigint; refund: bigint; asked: bigint }[]>`
        select a.investor_id, a.units, a.refund_minor as refund, p.units as asked
          from allotments a join applicants p on p.offering_id = a.offering_id and p.investor_id = a.investor_id
         where a.offering_id = ${offering}`;
      expect(allotted.reduce((sum, { units }) => sum + units, 0n)).toBe(SUPPLY * lot);
      const own = allotted.find(({ investor_id }) => investor_id === citizen.id);
      if (!own) throw new Error('The citizen has no allotment.');
      expect([3n * lot, 4n * lot]).toContain(own.units);
      expect(own.refund).toBe(costOf(country, own.asked, price) - costOf(country, own.units, price));
      const [books] = await site.sql<{ units: bigint; available: bigint; reserved: bigint }[]>`
        select h.units, w.available, w.reserved from holdings h
          join wallets w on w.investor_id = h.investor_id and w.asset_id = (select id from assets where code = ${currency})
         where h.investor_id = ${citizen.id}`;
      expect(books).toEqual({
        units: own.units,
        available: 10_000_000n - costOf(country, own.units, price),
        reserved: 0n,
      });
      await login(citizen.id);
      await page.goto(`/${locale}/subscriptions/${slug}`);
      await expect(
        page.getByText(texts(locale, 'subscription')('outcome.got-title', { units: shown(own.units) })),
      ).toBeVisible();
      const mail = await outbox.latestTo(citizen.email);
      expect(mail.locale).toBe(locale);
      expect(mail.body).toContain(shown(own.units));
      if (own.refund > 0n) expect(mail.body).toContain(formatMoney(locale, own.refund, currency));
      expect(Outbox.link(mail)).toContain(`/${locale}/subscriptions/${slug}`);
      const findings = await site.sql.begin('isolation level repeatable read read only', (tx) =>
        verifyInvariants(tx, null),
      );
      expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
    });
  });
}

/** What the operators do at the desk. */
class Operators {
  private readonly desk;
  constructor(
    private page: Page,
    private locale: Locale,
    private login: (who: PersonaName) => Promise<string>,
  ) {
    this.desk = texts(locale, 'desk');
  }

  async sign(who: PersonaName, proposal: string, outcome: 'signed' | 'executed') {
    const t = texts(this.locale, 'proposals');
    await this.login(who);
    await this.page.goto(proposal.replace(/\?.*/, ''));
    await button(this.page, t('sign.act')).click();
    await expect(this.page.getByText(t(`done.${outcome}`))).toBeVisible();
  }

  /** The secret that the page offered. */
  async commit(who: PersonaName, slug: string): Promise<string> {
    await this.open(who, slug);
    const secret = await this.secret().inputValue();
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await button(this.page, this.desk('draw.commit.copy')).click();
    await expect(this.page.getByText(this.desk('draw.commit.copied'))).toBeVisible();
    expect(await this.page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await button(this.page, this.desk('draw.commit.act')).click();
    await expect(this.page.getByRole('heading', { name: this.desk('draw.done.committed') })).toBeVisible();
    return secret;
  }

  async reveal(who: PersonaName, slug: string, secret: string) {
    await this.open(who, slug);
    await this.secret().fill(secret);
    await button(this.page, this.desk('draw.reveal.act')).click();
  }

  private async open(who: PersonaName, slug: string) {
    await this.login(who);
    await this.page.goto(`/${this.locale}/operator/offerings/${slug}`);
    await this.page.getByRole('link', { name: this.desk('offering.draw-see') }).click();
    await expect(this.page.getByRole('heading', { level: 1 })).toContainText(
      this.desk('draw.title', { name: '' }).trim(),
    );
  }

  private secret = () => field(this.page, this.locale, texts(this.locale, 'common.fields')('secret'));
}
