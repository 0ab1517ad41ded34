/**
 * What people did before the first day, done as real people do it: through the functions that move cash and units, with the system's clock set to
 * each day in turn. Nothing is written past the ledger, so that `npm run verify` holds for the demonstration too.
 *
 * The clock is moved inside the seed's transaction, and moved back in it: nobody else ever sees another time.
 */

import { dealtRateE4 } from '@/lib/domain/money/conversion';
import { type Country, type Currency, LOCALES, type Locale } from '@/lib/domain/states';
import { PERSONAS } from '@/scripts/lib/personas.mjs';
import { convertCash, depositCash, requestWithdrawal, settleWithdrawal } from '../commands/cash';
import { MAX_ORDERS_A_CALL, type OrderCall, placeOrders } from '../commands/orders';
import type { Sql } from '../connect';
import { CROWD, type CrowdMember } from './crowd';
import { CONVERSION_SPREAD_SEN } from './fund';
import { keyOf, pick } from './keys';
import { type MarketDay, ratePublishedAt } from './market';
import { FOUNDING_JP, FOUNDING_US, GENERAL_JP, GENERAL_US } from './offerings';
import { daysBefore } from './people';

type Act = { days: number } & (
  | { kind: 'deposit' | 'withdrawal'; currency: Currency; minor: bigint }
  | { kind: 'conversion'; from: Currency; minor: bigint }
  | { kind: 'amount' | 'units'; offeringId: number; asked: bigint }
  /** Where they live from then on. */
  | { kind: 'home'; country: Country }
);

/** Days before the first seeding, later ones last. */
const STORIES: { id: number; locale: Locale; acts: Act[] }[] = [
  {
    ...PERSONAS.american,
    acts: [
      { days: 116, kind: 'deposit', currency: 'USD', minor: 12_000_00n },
      { days: 112, kind: 'amount', offeringId: FOUNDING_US, asked: 5_000_00n },
      { days: 60, kind: 'conversion', from: 'USD', minor: 1_500_00n },
      { days: 40, kind: 'withdrawal', currency: 'USD', minor: 400_00n },
      { days: 15, kind: 'units', offeringId: GENERAL_US, asked: 80_000n },
    ],
  },
  {
    ...PERSONAS.japanese,
    acts: [
      { days: 117, kind: 'deposit', currency: 'JPY', minor: 1_500_000n },
      { days: 110, kind: 'amount', offeringId: FOUNDING_JP, asked: 600_000n },
      { days: 50, kind: 'conversion', from: 'JPY', minor: 150_000n },
      { days: 35, kind: 'withdrawal', currency: 'JPY', minor: 30_000n },
      { days: 14, kind: 'units', offeringId: GENERAL_JP, asked: 200_000n },
    ],
  },
  {
    ...PERSONAS.moved,
    acts: [
      { days: 119, kind: 'home', country: 'US' },
      { days: 115, kind: 'deposit', currency: 'USD', minor: 3_000_00n },
      { days: 109, kind: 'amount', offeringId: FOUNDING_US, asked: 2_000_00n },
      { days: 30, kind: 'home', country: 'JP' },
    ],
  },
];

/** When the others came, in five waves: the first four to the founding offering, the last to the general one. */
const WAVES = [
  { days: 118, us: FOUNDING_US, jp: FOUNDING_JP },
  { days: 111, us: FOUNDING_US, jp: FOUNDING_JP },
  { days: 97, us: FOUNDING_US, jp: FOUNDING_JP },
  { days: 80, us: FOUNDING_US, jp: FOUNDING_JP },
  { days: 12, us: GENERAL_US, jp: GENERAL_JP },
];
const US_AMOUNTS = [250_00n, 500_00n, 1_000_00n, 1_000_00n, 2_500_00n, 5_000_00n, 10_000_00n, 25_000_00n];
const JP_AMOUNTS = [30_000n, 50_000n, 100_000n, 100_000n, 300_000n, 500_000n, 1_000_000n, 3_000_000n];

type Offer = { id: number; price: bigint; prospectusId: number };

export class History {
  private offers: Map<number, Offer>;

  constructor(
    private sql: Sql,
    private now: Date,
    private market: MarketDay[],
    offerings: Offer[],
  ) {
    this.offers = new Map(offerings.map((offering) => [offering.id, offering]));
  }

  /** Everything in the order of time. The offerings have to be open, and their prices and the rates published. */
  async play(): Promise<void> {
    const steps = [
      ...STORIES.flatMap(({ id, locale, acts }) =>
        acts.map((act, index) => ({ days: act.days, run: () => this.act(BigInt(id), locale, act, `${id} ${index}`) })),
      ),
      ...WAVES.map((wave, index) => ({
        days: wave.days,
        run: () =>
          this.wave(
            wave,
            CROWD.filter((_, n) => n % WAVES.length === index),
          ),
      })),
    ];
    for (const { days, run } of steps.sort((a, b) => b.days - a.days)) {
      await this.sql`update clock set mode = 'STEPPED', at = ${daysBefore(this.now, days)}`;
      await run();
    }
  }

  private async act(investorId: bigint, locale: Locale, act: Act, name: string): Promise<void> {
    const key = keyOf(name);
    switch (act.kind) {
      case 'deposit':
        return done(await depositCash(this.sql, { investorId, key, currency: act.currency, amountMinor: act.minor }));
      case 'withdrawal':
        done(await requestWithdrawal(this.sql, { investorId, key, currency: act.currency, amountMinor: act.minor }));
        return done(await settleWithdrawal(this.sql, investorId, key));
      case 'conversion': {
        const rateE4 = dealtRateE4(this.rateOn(act.days), act.from);
        return done(
          await convertCash(this.sql, { investorId, key, currency: act.from, amountMinor: act.minor, rateE4 }),
        );
      }
      case 'home':
        await this
          .sql`update investors set country = ${act.country}, residence = ${act.country} where investor_id = ${investorId}`;
        return;
      default:
        return this.order([{ investorId, locale, offeringId: act.offeringId, kind: act.kind, asked: act.asked, key }]);
    }
  }

  private async wave(wave: (typeof WAVES)[number], members: CrowdMember[]): Promise<void> {
    const orders = members.map(({ id, country }) => ({
      investorId: id,
      locale: country === 'JP' ? ('ja' as const) : ('en' as const),
      offeringId: country === 'JP' ? wave.jp : wave.us,
      kind: 'amount' as const,
      asked: pick(country === 'JP' ? JP_AMOUNTS : US_AMOUNTS, `amount ${id}`),
      key: keyOf(`crowd order ${id}`),
    }));
    for (const { investorId, asked, locale } of orders) {
      const currency = locale === 'ja' ? 'JPY' : 'USD';
      const key = keyOf(`crowd deposit ${investorId}`);
      done(await depositCash(this.sql, { investorId, key, currency, amountMinor: asked }));
    }
    await this.order(orders);
  }

  /** Opens the prospectus and buys. */
  private async order(
    orders: (Pick<OrderCall, 'investorId' | 'locale' | 'offeringId' | 'asked' | 'key'> & {
      kind: 'amount' | 'units';
    })[],
  ): Promise<void> {
    const calls = orders.map(({ kind, ...order }) => ({
      ...order,
      kind: kind === 'amount' ? ('BUY_AMOUNT' as const) : ('BUY_UNITS' as const),
      price: this.offer(order.offeringId).price,
      termsVersion: 1,
      consent: true,
    }));
    const opened = LOCALES.flatMap((locale) =>
      calls
        .filter((call) => call.locale === locale)
        .map((call) => ({ investor: call.investorId, document: this.offer(call.offeringId).prospectusId, locale })),
    );
    for (const { investor, document, locale } of opened) {
      await this.sql`
        insert into consents (investor_id, document_version_id, act, locale, sha256)
        select ${investor}, document_version_id, 'OPENED', locale, sha256 from document_texts
         where document_version_id = ${document} and locale = ${locale}`;
    }
    for (let start = 0; start < calls.length; start += MAX_ORDERS_A_CALL) {
      const answers = await placeOrders(this.sql, calls.slice(start, start + MAX_ORDERS_A_CALL));
      for (const answer of answers) done(answer);
    }
  }

  private offer(id: number): Offer {
    const offer = this.offers.get(id);
    if (!offer) throw new Error(`There is no offering ${id}.`);
    return offer;
  }

  private rateOn(days: number) {
    const at = daysBefore(this.now, days);
    const day = this.market.findLast(({ date }) => ratePublishedAt(date) <= at);
    if (!day) throw new Error('There was no rate yet.');
    return { rateDate: day.date, jpyPerUsdE4: day.jpyPerUsdE4, spreadSen: CONVERSION_SPREAD_SEN };
  }
}

function done(answer: { ok: boolean; code?: string }): void {
  if (!answer.ok) throw new Error(`The demonstration's history was refused: ${answer.code}.`);
}
