/** For verify.db.test.ts: a day that is valued, what breaks V1–V5, and exactly the lines that each break turns red. */
import { checkValuation, fixMidRate, nextValuation, publishValuation, strikeValuation } from '../commands/valuations';
import type { Sql } from '../connect';

/** The next dealing day, on which nothing moved. */
export async function valuationHistory(owner: Sql): Promise<void> {
  await owner`update clock set mode = 'STEPPED', at = '2026-11-18T23:00:00Z'`;
  await fixMidRate(owner, '2026-11-18', 1_500_000n);
  const next = await nextValuation(owner, 1);
  if (!next) throw new Error('No day is due.');
  const marks = await owner<{ projectId: number; valueUsdMinor: bigint }[]>`
    select project_id as "projectId", value_usd_minor as "valueUsdMinor" from valuation_marks where valuation_id = ${next.baseId}`;
  const modelPrices = await owner<{ classId: number; price: bigint }[]>`
    select class_id as "classId", price from valuation_classes where valuation_id = ${next.baseId}`;
  const [books] = await owner<{ cashUsdMinor: bigint; debtUsdMinor: bigint; feesUsdMinor: bigint }[]>`
    select cash_usd_minor as "cashUsdMinor", debt_usd_minor as "debtUsdMinor", fees_usd_minor as "feesUsdMinor" from valuations where id = ${next.baseId}`;
  if (!books) throw new Error('There are no books.');
  await strikeValuation(owner, 1, next, { model: 'still', ruleVersion: 1, marks, modelPrices, ...books });
  await checkValuation(owner, 1, next.date);
  if (!(await publishValuation(owner, 1, next.date))) throw new Error('The day is not published.');
}

const NEWEST = `(select max(id) from valuations)`;

export const VALUATION_BREAKS = [
  {
    name: 'a project is worth more than its valuation says',
    statements: [
      `update valuation_marks set value_usd_minor = value_usd_minor + 1 where valuation_id = ${NEWEST} and project_id = 1`,
    ],
    red: ['V1'],
  },
  {
    name: 'a class’s price is another than its part',
    statements: [
      `update valuation_classes set price = price + 1 where valuation_id = ${NEWEST} and class_id = 1`,
      `update nav_prices set price = price + 1 where class_id = 1 and nav_date = (select max(nav_date) from nav_prices)`,
    ],
    red: ['V2'],
  },
  {
    name: 'citizens’ cash is counted that the ledger does not have',
    statements: [
      `update valuations set citizens_usd_minor = citizens_usd_minor + 1, cash_usd_minor = cash_usd_minor - 1 where id = ${NEWEST}`,
    ],
    red: ['V3'],
  },
  {
    name: 'a published price is altered',
    statements: [
      `update nav_prices set price = price + 1 where class_id = 2 and nav_date = (select max(nav_date) from nav_prices)`,
    ],
    red: ['V4'],
  },
  {
    name: 'a day that was held is published by nobody',
    statements: [
      `alter table valuations drop constraint valuations_published`,
      `update valuations set hold_reason = 'JUMP' where id = ${NEWEST}`,
    ],
    red: ['V5'],
  },
];
