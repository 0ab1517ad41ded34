/**
 * The minimum lot first, then pro rata: everybody gets one lot, and what is left is shared by what each still asks for. With more applicants
 * than lots, the draw decides who gets one.
 */
import { type DrawFirst, oneLotByDraw, type Shares } from './model';
import { proRata } from './pro-rata';

export function minimumLot(wanted: readonly bigint[], supply: bigint, drawFirst: DrawFirst): Shares {
  const people = BigInt(wanted.filter((lots) => lots > 0n).length);
  if (people > supply) return oneLotByDraw(wanted, supply, drawFirst);
  const first = (lots: bigint) => (lots > 0n ? 1n : 0n);
  const rest = proRata(
    wanted.map((lots) => lots - first(lots)),
    supply - people,
    drawFirst,
  );
  return { ...rest, lots: rest.lots.map((lots, n) => lots + first(wanted[n] as bigint)) };
}
