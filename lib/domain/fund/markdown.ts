/**
 * The little Markdown that the fund's documents are written in, as blocks to be shown. Nothing of it is ever HTML: what is not understood is
 * text. Headings `##` and `###`, paragraphs, `-` and `1.` lists, tables with `|`, and `**bold**` within a line.
 */
export type Inline = { text: string; bold: boolean };

export type Block =
  | { kind: 'heading'; level: 2 | 3; text: string; id: string }
  | { kind: 'paragraph'; inlines: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] };

const HEADING = /^(#{1,3}) (.+)$/;
const ITEM = /^(?:[-*]|(\d{1,3})[.)]) (.+)$/;

export function parseDocument(source: string): Block[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let headings = 0;
  for (let at = 0; at < lines.length; ) {
    const line = (lines[at] ?? '').trimEnd();
    if (line.trim() === '') {
      at += 1;
      continue;
    }
    const heading = HEADING.exec(line);
    if (heading) {
      headings += 1;
      // A document's own first-level headings stand below the page's title.
      blocks.push({
        kind: 'heading',
        level: heading[1] === '###' ? 3 : 2,
        text: (heading[2] ?? '').trim(),
        id: `section-${headings}`,
      });
      at += 1;
      continue;
    }
    const end = endOfBlock(lines, at);
    blocks.push(toBlock(lines.slice(at, end)));
    at = end;
  }
  return blocks;
}

const kindOf = (line: string): 'item' | 'row' | 'text' =>
  ITEM.test(line) ? 'item' : line.startsWith('|') ? 'row' : 'text';

/** A block ends at an empty line, at a heading, and where lists, tables and text meet; a line under an item continues it. */
function endOfBlock(lines: readonly string[], start: number): number {
  const kind = kindOf(lines[start] ?? '');
  let end = start + 1;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    if (line.trim() === '' || HEADING.test(line)) break;
    const next = kindOf(line);
    if (next !== kind && !(kind === 'item' && next === 'text')) break;
  }
  return end;
}

function toBlock(lines: readonly string[]): Block {
  const kind = kindOf(lines[0] ?? '');
  if (kind === 'item') return toList(lines);
  if (kind === 'row') return toTable(lines);
  return { kind: 'paragraph', inlines: toInlines(joined(lines)) };
}

function toList(lines: readonly string[]): Block {
  const items: string[][] = [];
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (item) items.push([item[2] ?? '']);
    else items.at(-1)?.push(line);
  }
  const ordered = ITEM.exec(lines[0] ?? '')?.[1] !== undefined;
  return { kind: 'list', ordered, items: items.map((item) => toInlines(joined(item))) };
}

function toTable(lines: readonly string[]): Block {
  const rows = lines
    .map((line) => line.trim().replace(/^\||\|$/g, ''))
    .filter((line) => !/^[\s:|-]+$/.test(line))
    .map((line) => line.split('|').map((cell) => toInlines(cell.trim())));
  return { kind: 'table', head: rows[0] ?? [], rows: rows.slice(1) };
}

/** Lines of one block are one text; between Japanese characters a line's end is no space. */
function joined(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .reduce((text, line) => (/[\u3000-\u9fff\uff00-\uffef]$/.test(text) ? text + line : `${text} ${line}`));
}

/** `**` opens and closes; one without its partner stays as it is. */
export function toInlines(text: string): Inline[] {
  return text
    .split(/(\*\*[^*]+\*\*)/)
    .filter((part) => part !== '')
    .map((part) =>
      part.startsWith('**') && part.endsWith('**') && part.length > 4
        ? { text: part.slice(2, -2), bold: true }
        : { text: part, bold: false },
    );
}
