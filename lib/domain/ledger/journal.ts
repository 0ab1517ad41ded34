/** Double entry: a journal's postings balance for each asset, and a correction is the mirrored journal (TRUST L1, L7). */
export type Account =
  | 'INVESTOR_AVAILABLE'
  | 'INVESTOR_RESERVED'
  | 'INVESTOR_UNITS'
  | 'BANK'
  | 'FUND_CASH'
  | 'UNITS_ISSUED'
  | 'FX_DESK';

/** `investor` 0n stands for the control accounts. Amounts are smallest parts; an account's credit is positive. */
export type Posting = { investor: bigint; asset: string; account: Account; amount: bigint };

/** Why a list of postings is no journal, or null. */
export function journalFault(postings: readonly Posting[]): 'too-few' | 'empty-posting' | 'unbalanced' | null {
  if (postings.length < 2) return 'too-few';
  if (postings.some(({ amount }) => amount === 0n)) return 'empty-posting';
  const sums = new Map<string, bigint>();
  for (const { asset, amount } of postings) sums.set(asset, (sums.get(asset) ?? 0n) + amount);
  return [...sums.values()].some((sum) => sum !== 0n) ? 'unbalanced' : null;
}

export const reverse = (postings: readonly Posting[]): Posting[] =>
  postings.map((posting) => ({ ...posting, amount: -posting.amount }));
