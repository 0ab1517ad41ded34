/** One movement of cash of an investor with its ledger entries. Run inside withInvestor: row-level security shows nobody else's. */
import { sql } from 'drizzle-orm';
import type { CashMovementKind, CashMovementState, Currency } from '@/lib/domain/states';
import type { Database } from '../client';
import { firstRow, rows } from './rows';

export type CashMovementView = {
  key: string;
  kind: CashMovementKind;
  state: CashMovementState;
  currency: Currency;
  amountMinor: bigint;
  /** What a conversion gave, at which rate, from which mid rate of which day. */
  conversion: { currency: Currency; amountMinor: bigint; rateE4: bigint; midRateE4: bigint; rateDate: string } | null;
  /** A correction took it back. */
  reversed: boolean;
  placedAt: Date;
  finishedAt: Date | null;
  /** Ledger transactions, for listLedgerEntry. */
  journalId: bigint | null;
  finalJournalId: bigint | null;
};

type Row = Omit<CashMovementView, 'conversion'> & {
  toCurrency: Currency | null;
  toAmountMinor: bigint | null;
  rateE4: bigint | null;
  midRateE4: bigint | null;
  rateDate: string | null;
};

const columns = sql`
  m.key::text as key, m.kind, m.state, a.code as currency, m.amount_minor as "amountMinor",
  b.code as "toCurrency", m.to_amount_minor as "toAmountMinor", m.rate_e4 as "rateE4", m.mid_rate_e4 as "midRateE4",
  m.rate_date::text as "rateDate", m.placed_at as "placedAt", m.finished_at as "finishedAt",
  m.journal_id as "journalId", m.final_journal_id as "finalJournalId",
  exists (select 1 from journals j where j.reverses = m.journal_id) as reversed
  from cash_movements m join assets a on a.id = m.asset_id left join assets b on b.id = m.to_asset_id`;

function view({ toCurrency, toAmountMinor, rateE4, midRateE4, rateDate, ...rest }: Row): CashMovementView {
  const known =
    toCurrency !== null && toAmountMinor !== null && rateE4 !== null && midRateE4 !== null && rateDate !== null;
  const conversion = known ? { currency: toCurrency, amountMinor: toAmountMinor, rateE4, midRateE4, rateDate } : null;
  return { ...rest, conversion };
}

/** Null when there is none of this key, or it is somebody else's. */
export async function getCashMovement(db: Database, investorId: bigint, key: string): Promise<CashMovementView | null> {
  const row = await firstRow<Row>(
    db,
    sql`select ${columns} where m.investor_id = ${investorId}::bigint and m.key = ${key}::uuid`,
  );
  return row && view(row);
}

/** The investor's side of one ledger transaction. */
export type LedgerPosting = {
  account: 'INVESTOR_AVAILABLE' | 'INVESTOR_RESERVED' | 'INVESTOR_UNITS';
  /** Code of the currency or unit class, and how many decimals its smallest part has. */
  asset: string;
  assetKind: 'CURRENCY' | 'UNIT';
  decimals: number;
  amount: bigint;
  balanceAfter: bigint;
  version: bigint;
};

export function listLedgerEntry(db: Database, investorId: bigint, journalId: bigint): Promise<LedgerPosting[]> {
  return rows<LedgerPosting>(
    db,
    sql`select p.account, a.code as asset, a.kind as "assetKind", a.decimals, p.amount, p.balance_after as "balanceAfter", p.version
          from postings p join assets a on a.id = p.asset_id
         where p.investor_id = ${investorId}::bigint and p.journal_id = ${journalId}::bigint
         order by p.asset_id, p.account`,
  );
}
