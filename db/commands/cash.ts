/** Cash of an investor through the functions of db/functions/cash.sql: each call is one transaction, safe to repeat with its key. */
import type { CashMovementKind, Currency } from '@/lib/domain/states';
import type { Sql } from '../client';
import { lostAnswer } from '../errors';

export type CashRefusalCode =
  | 'cash.key-reused'
  | 'cash.not-allowed'
  | 'cash.frozen'
  | 'cash.not-found'
  | 'cash.no-rate'
  | 'cash.insufficient'
  | 'cash.rate-changed'
  | 'cash.too-small'
  | 'cash.not-pending';

export type CashAnswer =
  | {
      ok: true;
      replayed: boolean;
      kind: CashMovementKind;
      amountMinor: bigint;
      toAmountMinor: bigint | null;
      rateE4: bigint | null;
      placedAt: Date;
    }
  /** `figure` is the cash available, where the refusal is about it. */
  | { ok: false; code: CashRefusalCode; figure: bigint | null };

type Row = {
  code: CashRefusalCode | null;
  figure: bigint | null;
  replayed: boolean;
  kind: CashMovementKind | null;
  amount_minor: bigint | null;
  to_amount_minor: bigint | null;
  rate_e4: bigint | null;
  placed_at: Date | null;
};

function answer([row]: readonly Row[]): CashAnswer {
  if (!row) throw lostAnswer('a cash movement');
  if (row.code !== null) return { ok: false, code: row.code, figure: row.figure };
  const { kind, amount_minor: amountMinor, placed_at: placedAt } = row;
  if (kind === null || amountMinor === null || placedAt === null)
    throw new Error('The cash function gave an answer without figures.');
  return {
    ok: true,
    replayed: row.replayed,
    kind,
    amountMinor,
    toAmountMinor: row.to_amount_minor,
    rateE4: row.rate_e4,
    placedAt,
  };
}

type Movement = { investorId: bigint; key: string; currency: Currency; amountMinor: bigint };

export async function depositCash(sql: Sql, { investorId, key, currency, amountMinor }: Movement): Promise<CashAnswer> {
  return answer(
    await sql<Row[]>`
    select * from deposit_cash(${investorId}::bigint, ${key}::text::uuid, ${currency}::text::currency, ${amountMinor}::bigint)`,
  );
}

/** Reserves the amount; settleWithdrawal pays it out later. */
export async function requestWithdrawal(
  sql: Sql,
  { investorId, key, currency, amountMinor }: Movement,
): Promise<CashAnswer> {
  return answer(
    await sql<Row[]>`
    select * from request_withdrawal(${investorId}::bigint, ${key}::text::uuid, ${currency}::text::currency, ${amountMinor}::bigint)`,
  );
}

/** Pays a reserved withdrawal out. Settling one that is paid already is a replay. */
export async function settleWithdrawal(sql: Sql, investorId: bigint, key: string): Promise<CashAnswer> {
  return answer(
    await sql<Row[]>`select * from finish_withdrawal(${investorId}::bigint, ${key}::text::uuid, 'SETTLED')`,
  );
}

/** Releases a reserved withdrawal. Cancelling one that is cancelled already is a replay. */
export async function cancelWithdrawal(sql: Sql, investorId: bigint, key: string): Promise<CashAnswer> {
  return answer(
    await sql<Row[]>`select * from finish_withdrawal(${investorId}::bigint, ${key}::text::uuid, 'CANCELLED')`,
  );
}

/** Deals at the last published rate, which has to be the one that the customer saw. */
export async function convertCash(
  sql: Sql,
  { investorId, key, currency, amountMinor, rateE4 }: Movement & { rateE4: bigint },
): Promise<CashAnswer> {
  return answer(
    await sql<Row[]>`
    select * from convert_cash(${investorId}::bigint, ${key}::text::uuid, ${currency}::text::currency, ${amountMinor}::bigint, ${rateE4}::bigint)`,
  );
}

export type PendingWithdrawal = { investorId: bigint; key: string };

/** Withdrawals that wait to be paid, the oldest first: for the job worker. */
export async function listPendingWithdrawals(sql: Sql, limit: number): Promise<PendingWithdrawal[]> {
  return [
    ...(await sql<PendingWithdrawal[]>`
      select investor_id as "investorId", key::text as key from list_pending_withdrawals(${limit}::integer)`),
  ];
}
