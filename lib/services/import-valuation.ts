import { read, withStaff } from '@/db/client';
import { importValuation as command } from '@/db/commands/valuations';
import { driverError } from '@/db/errors';
import { getImportBase } from '@/db/queries/desk/valuations';
import { getFund } from '@/db/queries/fund';
import type { HoldReason, ValuationState } from '@/lib/domain/states';
import { DEMONSTRATION, type MarketModel } from '@/lib/domain/valuation/market-model';
import { readStatement } from '@/lib/domain/valuation/statement';
import { ok, type Result, refuse } from '@/lib/result';
import { rolled } from './advance-valuations';
import { byKey } from './by-key';
import type { StaffSession } from './read-as-staff';

/**
 * Takes a day's value from a CSV in the place of the job's. It is held against the model and the day before like any other, and published by itself
 * or held. The same file again answers the same.
 */
export async function importValuation(
  session: StaffSession,
  csv: string,
  model: MarketModel = DEMONSTRATION,
): Promise<Result<{ date: string; state: ValuationState; reason: HoldReason | null }>> {
  const statement = readStatement(csv);
  if (!statement.ok) return refuse(statement.error.code, { field: 'csv' });
  const { date, jpyPerUsdE4 } = statement.value;
  const fund = await read(getFund);
  const found = await withStaff(session.sessionId, (db) => getImportBase(db, date));
  if (!fund || !found) return refuse('valuation.changed', { field: 'csv' });
  // A day that does not follow is refused by the command, which looks at the day itself; there is nothing to roll to it.
  const next = { date, baseId: found.baseId, jpyPerUsdE4: found.jpyPerUsdE4 ?? jpyPerUsdE4 };
  const books = date > found.baseDate ? await rolled(next, model) : EMPTY;
  if (!books) return refuse('valuation.changed', { field: 'csv' });
  const answer = await byKey(() =>
    withStaff(session.sessionId, (_, sql) => command(sql, session.sessionId, fund.id, statement.value, next, books)),
  ).catch((error: unknown) => {
    // The session ended, or its role changed, while this was typed.
    if (driverError(error)?.code === '42501') return null;
    throw error;
  });
  if (answer === null) return refuse('valuation.not-allowed');
  if (!answer.ok) return refuse(answer.code, { field: 'csv' });
  return ok({ date, state: answer.state, reason: answer.reason });
}

const EMPTY = {
  model: '',
  ruleVersion: 0,
  marks: [],
  cashUsdMinor: 0n,
  debtUsdMinor: 0n,
  feesUsdMinor: 0n,
  modelPrices: [],
};
