import { batch } from '@/db/client';
import * as valuations from '@/db/commands/valuations';
import { getFund } from '@/db/queries/fund';
import { getBooks } from '@/db/queries/valuation-books';
import type { IsoDate } from '@/lib/domain/calendar/dealing-days';
import { modelPrice, rollBook } from '@/lib/domain/valuation/book';
import { DEMONSTRATION, type MarketModel } from '@/lib/domain/valuation/market-model';
import { VALUATION_RULE } from '@/lib/domain/valuation/net-assets';
import { env } from '@/lib/env';

/**
 * For the job worker: publishes the mid rates that are due, and takes every step that is left of the days whose value is due, the earliest first;
 * answers how many. Each step is one transaction: killed in between, the next call goes on where this one stopped, to the same figures. A day that
 * is held waits, and the days after it are held with it. Without a model nothing is struck: days wait for what staff import.
 */
export async function advanceValuations(model: MarketModel | null = ownModel()): Promise<number> {
  const fund = await batch(getFund);
  if (!fund) return 0;
  let steps = model ? await fixRates(model) : 0;
  for (;;) {
    const next = await batch((_, sql) => valuations.nextValuation(sql, fund.id));
    if (!next || !(await take(fund.id, next, model))) return steps;
    steps += 1;
  }
}

/** A made-up market values nothing where nothing is made up. */
const ownModel = (): MarketModel | null => (env().SIMULATION === 'off' ? null : DEMONSTRATION);

/** A day for which the model has no rate is left out; its value will say so. */
async function fixRates(model: MarketModel): Promise<number> {
  const due = await batch((_, sql) => valuations.listDueRates(sql));
  let rate = due[0]?.previousE4 ?? 0n;
  let fixed = 0;
  for (const { date } of due) {
    const next = model.midRate(date, rate);
    if (next === null) continue;
    rate = next;
    if (await batch((_, sql) => valuations.fixMidRate(sql, date, next))) fixed += 1;
  }
  return fixed;
}

async function take(fundId: number, next: valuations.NextValuation, model: MarketModel | null): Promise<boolean> {
  switch (next.act) {
    case 'STRIKE': {
      const struck = model && (await rolled(next, model));
      return struck !== null && batch((_, sql) => valuations.strikeValuation(sql, fundId, next, struck));
    }
    case 'CHECK':
      return (await batch((_, sql) => valuations.checkValuation(sql, fundId, next.date))) !== null;
    case 'PUBLISH':
      return batch((_, sql) => valuations.publishValuation(sql, fundId, next.date));
  }
}

/** The books of a day, from those of the day that is published before it. Null where that one has been corrected meanwhile. */
export async function rolled(
  { date, baseId, jpyPerUsdE4 }: { date: IsoDate; baseId: bigint; jpyPerUsdE4: bigint | null },
  model: MarketModel,
): Promise<valuations.Struck | null> {
  const before = await batch((db) => getBooks(db, baseId));
  if (!before) return null;
  const { marks, cashUsdMinor, debtUsdMinor, feesUsdMinor } = rollBook(before.book, date, model, before.trustFeeE6);
  const modelPrices = before.classes.flatMap(({ id, currency, price }) => {
    const then = { price, jpyPerUsdE4: before.jpyPerUsdE4 };
    const expected = modelPrice(before.book, date, model, { currency }, then, jpyPerUsdE4);
    return expected === null ? [] : [{ classId: id, price: expected }];
  });
  return {
    model: model.name,
    ruleVersion: VALUATION_RULE,
    marks,
    cashUsdMinor,
    debtUsdMinor,
    feesUsdMinor,
    modelPrices,
  };
}
