/** Steps of a scenario from a seed: a pure function, so that a file of a few lines stands for years. */
import type { Country } from '../states';
import type { Step } from './scenario';

type Wanted = { seed: string; start: string; end: string; people: number; ordersAWeek: number };

/** A small generator of even numbers (mulberry32 over a hash of the seed): not for secrets, and the same everywhere. */
function numbersOf(seed: string): (below: number) => number {
  let state = 0x811c9dc5;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let n = Math.imul(state ^ (state >>> 15), state | 1);
    n = (n ^ (n + Math.imul(n ^ (n >>> 7), n | 61))) >>> 0;
    return ((n ^ (n >>> 14)) >>> 0) % below;
  };
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Everybody joins, pays in, and buys in an offering within the first days; then orders come at any hour, and now and then one is cancelled. */
export function generateSteps({ seed, start, end, people, ordersAWeek }: Wanted): Step[] {
  const below = numbersOf(seed);
  const from = Date.parse(start);
  const until = Date.parse(end);
  const steps: Step[] = [];
  const text = (time: number) => new Date(time).toISOString();
  const country = (n: number): Country => (n % 2 === 0 ? 'US' : 'JP');
  for (let n = 0; n < people; n += 1) {
    const person = `p${n}`;
    const at = text(from + HOUR + n * 60_000);
    const us = country(n) === 'US';
    steps.push({ at, do: 'join', person, country: country(n) });
    const cash = us ? 200_000 + below(800_000) : 300_000 + below(1_200_000);
    steps.push({ at, do: 'deposit', person, currency: us ? 'USD' : 'JPY', amount: String(cash) });
    steps.push({
      at,
      do: 'buy-offering',
      person,
      amount: String(us ? 20_000 + below(50_000) : 30_000 + below(60_000)),
    });
  }
  for (let week = from + DAY, number = 0; week < until - DAY; week += 7 * DAY) {
    for (let n = 0; n < ordersAWeek; n += 1, number += 1) {
      // To the minute, so that no step shares its instant with a fraction of another.
      const at = week + below(7 * 24 * 60) * 60_000;
      if (at >= until - HOUR) continue;
      const who = below(people);
      steps.push(...orderSteps(`p${who}`, country(who), `o${number}`, at, below, text));
    }
    steps.push(...moreCash(`p${below(people)}`, week, below, text, country));
  }
  return steps;
}

function orderSteps(
  person: string,
  country: Country,
  id: string,
  at: number,
  below: (n: number) => number,
  text: (time: number) => string,
): Step[] {
  const us = country === 'US';
  const kind = (['BUY_AMOUNT', 'BUY_AMOUNT', 'BUY_UNITS', 'SELL_UNITS', 'SELL_UNITS', 'SELL_ALL'] as const)[below(6)];
  const money = us ? 1_000 + below(40_000) : 1_000 + below(60_000);
  const units = us ? 100 + below(3_000) : 100 + below(20_000);
  const order: Step =
    kind === 'SELL_ALL' || kind === undefined
      ? { at: text(at), do: 'order', person, id, kind: 'SELL_ALL' }
      : { at: text(at), do: 'order', person, id, kind, asked: String(kind === 'BUY_AMOUNT' ? money : units) };
  // One in eight is thought better of within ten minutes; some of those too late.
  return below(8) > 0 ? [order] : [order, { at: text(at + 10 * 60_000), do: 'cancel', person, id }];
}

function moreCash(
  person: string,
  week: number,
  below: (n: number) => number,
  text: (time: number) => string,
  country: (n: number) => Country,
): Step[] {
  const us = country(Number(person.slice(1))) === 'US';
  const amount = String(us ? 5_000 + below(20_000) : 8_000 + below(30_000));
  return [{ at: text(week + HOUR), do: 'deposit', person, currency: us ? 'USD' : 'JPY', amount }];
}
