/** How what is promised to projects spreads over sectors and states: what the covenant's concentration limits look at (DOMAIN §11). */

export type Holding = { sector: string; usState: string; committedUsdMinor: bigint };

export type Part<K extends string = string> = { key: K; committedUsdMinor: bigint; shareE4: bigint };

/**
 * Sums by `keyOf`, the largest first, equal ones by name. Shares are parts of ten thousand of `assetsUsdMinor`, all that is at work, rounded up: a
 * limit that is passed by a hair is passed.
 */
export function spread<T extends Holding, K extends string>(
  holdings: readonly T[],
  keyOf: (holding: T) => K,
  assetsUsdMinor: bigint,
): Part<K>[] {
  const sums = new Map<K, bigint>();
  for (const holding of holdings) {
    const key = keyOf(holding);
    sums.set(key, (sums.get(key) ?? 0n) + holding.committedUsdMinor);
  }
  return [...sums]
    .map(([key, committedUsdMinor]) => ({
      key,
      committedUsdMinor,
      shareE4: (committedUsdMinor * 10_000n + assetsUsdMinor - 1n) / assetsUsdMinor,
    }))
    .sort((a, b) =>
      a.committedUsdMinor === b.committedUsdMinor
        ? Number(a.key > b.key) - Number(a.key < b.key)
        : a.committedUsdMinor < b.committedUsdMinor
          ? 1
          : -1,
    );
}
