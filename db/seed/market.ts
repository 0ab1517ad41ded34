/**
 * Prices and rates of the demonstration: a walk in integers whose step on a day follows from that day's date alone, so that every machine has the
 * same history and a database that was made last year goes on where it stood.
 */
import { createHash } from 'node:crypto';
import { dealingDays, type IsoDate } from '@/lib/domain/calendar/dealing-days';

export type MarketDay = {
  date: IsoDate;
  /** US class: per share, 4 decimals. */
  usPrice: bigint;
  /** Japan class 基準価額: whole yen for 10,000口. */
  jpPrice: bigint;
  /** Mid rate 仲値: yen for a dollar, times 10,000. */
  jpyPerUsdE4: bigint;
};

/** $10.0000 a share and 10,000 yen for 10,000口 on the first day. */
export const FIRST_US_PRICE = 100_000n;
export const FIRST_JP_PRICE = 10_000n;
const FIRST_RATE_E4 = 1_520_000n;
/** The walk works in millionths of the price's smallest part, so that rounding does not build up. */
const FINE = 1_000_000n;
/** About 6 % a year over 235 dealing days, in millionths a day. */
const DRIFT = 250n;

/** A step between −510 and 510 with a bell's shape (the sum of four bytes), the same for ever for one day and one name. */
function step(name: string, date: IsoDate): bigint {
  const bytes = createHash('sha256').update(`${name} ${date}`).digest();
  return BigInt(bytes.readUInt8(0) + bytes.readUInt8(1) + bytes.readUInt8(2) + bytes.readUInt8(3) - 510);
}

/** Half up, for positive numbers: the rounding of a 基準価額. */
const roundHalfUp = (value: bigint, by: bigint): bigint => (2n * value + by) / (2n * by);

/** Every dealing day from the fund's first to `last`, with its prices. */
export function marketHistory(inception: IsoDate, last: IsoDate): MarketDay[] {
  let fine = FIRST_US_PRICE * FINE;
  let rate = FIRST_RATE_E4;
  return dealingDays(inception, last).map((date, index) => {
    if (index > 0) {
      // One standard deviation is about 0.35 % of the price, and 40 sen of the rate, which is drawn back to where it began.
      fine += (fine * (24n * step('nav', date) + DRIFT)) / 1_000_000n;
      rate += 27n * step('usd/jpy', date) - (rate - FIRST_RATE_E4) / 50n;
    }
    return {
      date,
      usPrice: roundHalfUp(fine, FINE),
      // The fund is valued in dollars; the yen price is that value at the day's mid rate.
      jpPrice: roundHalfUp(FIRST_JP_PRICE * fine * rate, FIRST_US_PRICE * FINE * FIRST_RATE_E4),
      jpyPerUsdE4: rate,
    };
  });
}

/** The mid rate is fixed at 10:00 in Tokyo; the price of a day is known when New York has closed, at 8:00 the next morning in Tokyo. */
export const ratePublishedAt = (date: IsoDate): Date => new Date(`${date}T01:00:00Z`);
export const pricePublishedAt = (date: IsoDate): Date => new Date(`${date}T23:00:00Z`);
