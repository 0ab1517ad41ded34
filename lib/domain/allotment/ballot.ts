/**
 * Ballot 抽選: with more applicants than lots, one ticket a person and one win at most. Otherwise everybody gets one lot, and each further lot
 * that somebody asks for is a ticket for one of those that are left.
 */
import { addWinners, type DrawFirst, noShares, oneLotByDraw, type Shares, toCount } from './model';

export function ballot(wanted: readonly bigint[], supply: bigint, drawFirst: DrawFirst): Shares {
  const people = BigInt(wanted.filter((lots) => lots > 0n).length);
  if (people > supply) return oneLotByDraw(wanted, supply, drawFirst);
  const shares: Shares = { ...noShares(wanted.length), lots: wanted.map((lots) => (lots > 0n ? 1n : 0n)) };
  const { owners, numbers } = furtherTickets(wanted);
  addWinners(shares, owners, drawFirst(owners, toCount(supply - people), numbers));
  return shares;
}

/** One ticket for each lot beyond the first, numbered from 1. Each takes a hash: an offering by ballot keeps its largest size to some hundred lots. */
function furtherTickets(wanted: readonly bigint[]): { owners: Uint32Array; numbers: Uint32Array } {
  let total = 0;
  for (const lots of wanted) if (lots > 1n) total += toCount(lots - 1n);
  const owners = new Uint32Array(total);
  const numbers = new Uint32Array(total);
  let at = 0;
  for (let owner = 0; owner < wanted.length; owner += 1) {
    const lots = Number(wanted[owner]);
    for (let number = 1; number < lots; number += 1) {
      owners[at] = owner;
      numbers[at] = number;
      at += 1;
    }
  }
  return { owners, numbers };
}
