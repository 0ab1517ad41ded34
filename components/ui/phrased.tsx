/** What a line of Japanese at the largest size of a heading holds on the narrowest screen. */
const LINE = 11;

/**
 * A heading's words, kept whole between 「：」 and 「（」: a name in it breaks at its bracket and not within its number, as 第／1回 would. A
 * piece too long for a line breaks where text does.
 */
export function Phrased({ children }: { children: string }) {
  const pieces = children.split(/(?<=：)|(?=（)/);
  if (pieces.length === 1) return children;
  return pieces.map((piece) => (
    <span key={piece} className={piece.length <= LINE ? 'whitespace-nowrap' : undefined}>
      {piece}
    </span>
  ));
}
