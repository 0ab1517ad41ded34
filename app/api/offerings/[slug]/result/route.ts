import { FILE_END, ROW_END, resultHeadText, resultRowText } from '@/lib/domain/allotment/result-file';
import { getResultHead, listResultRows } from '@/lib/public-data/results';

type Context = RouteContext<'/api/offerings/[slug]/result'>;

/** The result file of a window, for everybody, as long as its list is: it goes out in parts, as fast as it is taken. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { slug } = await params;
  const found = await getResultHead(slug);
  if (!found) return Response.json({ error: 'not-found' }, { status: 404, headers: { 'cache-control': 'no-store' } });
  const { offeringId, head } = found;
  return new Response(streamOf(fileParts(resultHeadText(head), offeringId, head.figures.applicants)), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      // The slug is lower-case letters, digits and hyphens; the schema of the file says so, too.
      'content-disposition': `attachment; filename="wakachi-${head.offering.slug}-result.json"`,
      // A result never changes once it is there.
      'cache-control': 'public, max-age=3600',
      etag: `"${head.outcomeSha256}"`,
    },
  });
}

async function* fileParts(head: string, offeringId: number, applicants: number): AsyncGenerator<string, void> {
  yield head;
  let first = true;
  for await (const rows of listResultRows(offeringId, applicants)) {
    if (rows.length === 0) continue;
    yield (first ? '' : ROW_END) + rows.map(resultRowText).join(ROW_END);
    first = false;
  }
  yield FILE_END;
}

/** Reads on only when what it has was taken. An error in the middle ends the connection, so that half a file is not taken for a whole. */
function streamOf(parts: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const utf8 = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(utf8.encode(value));
    },
    async cancel() {
      await parts.return();
    },
  });
}
