/**
 * Tables as files that Excel opens in either language: UTF-8 with a byte order mark, CRLF. A file is made while it is read, a batch at a time, so
 * that the largest table takes no more memory than one batch, and whoever reads slowly makes it slowly.
 */
import { stringify } from 'csv-stringify/sync';

/** A figure is written as it is; −1 must stay a number, so an exact decimal with a sign is the one text that may begin with one. */
const FIGURE = /^-?\d+(\.\d+)?$/;
/** What a spreadsheet would take for a formula, in half and full width, and the characters that some programs drop before they look. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** A cell that no spreadsheet runs: an apostrophe before what it would take for a formula. */
export const safeCell = (text: string): string => (FORMULA.test(text) && !FIGURE.test(text) ? `'${text}` : text);

export function csvText(rows: readonly (readonly string[])[], options: { begin: boolean }): string {
  const cells = rows.map((row) => row.map(safeCell));
  // With CRLF between rows the library would leave a line break inside a cell bare, and what follows it would read as a row.
  return stringify(cells, { bom: options.begin, record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}

/** Letters, digits and hyphens of ASCII: nothing that a header, a shell or a file system reads as more than a name. */
export const safeFileName = (name: string): string => {
  const plain = name
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);
  return plain || 'table';
};

/** The answer of a route that gives a table away: its head, then batch after batch as the reader takes them. */
export function csvResponse(
  name: string,
  head: readonly string[],
  batches: AsyncIterator<readonly (readonly string[])[]>,
): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(csvText([head], { begin: true }))),
    async pull(controller) {
      // What fails on the way breaks the download off: half a table must not look like a whole one.
      const { done, value } = await batches.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(csvText(value, { begin: false })));
    },
    async cancel() {
      await batches.return?.();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${safeFileName(name)}.csv"`,
      'cache-control': 'private, no-store',
    },
  });
}
