/** What changed between two versions of a text, line by line: the longest common lines stay, the rest is gone or new. */
export type Line = { is: 'same' | 'gone' | 'new'; text: string };

/** Documents have some hundred lines; the table of lengths then has some ten thousand cells. */
export function textDifference(before: string, after: string): Line[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [gone, next] = [a[i], b[j]];
    if (gone !== undefined && gone === next) {
      lines.push({ is: 'same', text: gone });
      i += 1;
      j += 1;
    } else if (gone !== undefined && (next === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ is: 'gone', text: gone });
      i += 1;
    } else {
      lines.push({ is: 'new', text: next ?? '' });
      j += 1;
    }
  }
  return lines;
}
