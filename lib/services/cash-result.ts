import type { CashAnswer } from '@/db/commands/cash';
import type { CashMovementKind, Currency } from '@/lib/domain/states';
import { ok, type Result, refuse } from '@/lib/result';

/** What became of a deposit, withdrawal or conversion; the same for every repetition of its key, but for `replayed`. */
export type CashResult = {
  key: string;
  kind: CashMovementKind;
  amountMinor: bigint;
  /** For a conversion: what was received, and the rate (yen per dollar × 10,000). */
  toAmountMinor: bigint | null;
  rateE4: bigint | null;
  placedAt: Date;
  replayed: boolean;
};

/** The database's answer as a page takes it. `asked` is what the refusal of a shortage is about. */
export function cashResult(
  answer: CashAnswer,
  key: string,
  asked?: { currency: Currency; amountMinor: bigint },
): Result<CashResult> {
  if (answer.ok) {
    const { kind, amountMinor, toAmountMinor, rateE4, placedAt, replayed } = answer;
    return ok({ key, kind, amountMinor, toAmountMinor, rateE4, placedAt, replayed });
  }
  if (answer.code === 'cash.insufficient' && asked) {
    const available = { money: answer.figure ?? 0n, currency: asked.currency };
    return refuse(answer.code, { params: { available }, field: 'amount' });
  }
  return refuse(answer.code, answer.code === 'cash.too-small' ? { field: 'amount' } : {});
}
