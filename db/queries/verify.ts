/**
 * The data invariants of the ledger, of units, orders and idempotency, each as one statement over the whole database that finds the rows which
 * break it. `npm run verify` prints them; tests break each on purpose. Set-based: a few passes over the postings, however many there are.
 */
import type { Sql, TransactionSql } from '../client';
import type { Check } from './verify-check';
import { DEALING_CHECKS } from './verify-dealing';
import { GOVERNANCE_CHECKS } from './verify-governance';
import { LEDGER_CHECKS } from './verify-ledger';
import { ORDER_CHECKS } from './verify-orders';
import { PLAN_CHECKS } from './verify-plans';
import { SWITCH_CHECKS } from './verify-switches';
import { VALUATION_CHECKS } from './verify-valuations';
import { WINDOW_CHECKS } from './verify-windows';

export type Finding = {
  id: string;
  says: string;
  /** Null where it was not checked. */
  ok: boolean | null;
  /** How many rows break it, and the first few in words. */
  count: number;
  places: string[];
  ms: number;
};

export const CHECKS: readonly Check[] = [
  ...LEDGER_CHECKS,
  ...ORDER_CHECKS,
  ...DEALING_CHECKS,
  ...PLAN_CHECKS,
  ...SWITCH_CHECKS,
  ...WINDOW_CHECKS,
  ...VALUATION_CHECKS,
  ...GOVERNANCE_CHECKS,
];

const SHOWN = 10;

/**
 * Runs every check inside the caller's transaction, which should be REPEATABLE READ so that all of them see one moment.
 * The role must see every row: row-level security raises an error instead of hiding what is wrong.
 */
export async function verifyInvariants(
  sql: Sql | TransactionSql,
  acknowledged: readonly Acknowledged[] | null = null,
): Promise<Finding[]> {
  await sql.unsafe('set local row_security = off');
  const findings: Finding[] = [];
  for (const check of CHECKS) findings.push(await run(sql, check, []));
  findings.push(
    acknowledged === null
      ? {
          ...unchecked,
          id: 'I6',
          says: 'what was acknowledged stays: give the acknowledged keys with --acknowledged FILE',
        }
      : await run(sql, ACKNOWLEDGED, [
          acknowledged.map(({ investorId }) => String(investorId)),
          acknowledged.map(({ key }) => key),
        ]),
  );
  return findings;
}

/** An order or movement of cash that somebody was told is done. */
export type Acknowledged = { investorId: bigint; key: string };

const ACKNOWLEDGED: Check = {
  id: 'I6',
  says: 'what was acknowledged stays: each acknowledged key has its effect',
  violations: `
    select format('investor %s, key %s: acknowledged, and not there', a.investor_id, a.key) as place
      from unnest($1::text[]::bigint[], $2::text[]::uuid[]) as a(investor_id, key)
     where not exists (select 1 from orders o where o.investor_id = a.investor_id and o.key = a.key and o.journal_id is not null)
       and not exists (select 1 from cash_movements m where m.investor_id = a.investor_id and m.key = a.key)
       and not exists (select 1 from subscription_acts s where s.investor_id = a.investor_id and s.key = a.key)
       and not exists (select 1 from dealing_acts d where d.investor_id = a.investor_id and d.key = a.key)`,
};

const unchecked = { ok: null, count: 0, places: [], ms: 0 };

async function run(sql: Sql | TransactionSql, { id, says, violations }: Check, values: string[][]): Promise<Finding> {
  if (violations === null) return { ...unchecked, id, says };
  const started = performance.now();
  const found = await sql.unsafe<{ place: string; count: bigint }[]>(
    `select place, count(*) over () as count from (${violations}) v order by place limit ${SHOWN}`,
    values,
  );
  const count = Number(found[0]?.count ?? 0);
  const ms = performance.now() - started;
  return { id, says, ok: count === 0, count, places: found.map(({ place }) => place), ms };
}
