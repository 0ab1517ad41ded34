/** The fields of a posted form, within bounds. */

/** What an endpoint needs of a request. A `Request` is one; the server in front makes one that costs less. */
export type Asked = {
  method: string;
  url: string;
  headers: { get(name: string): string | null };
  body: AsyncIterable<Uint8Array> | null;
};

/** What a form sends that has no field to type into is a few hundred bytes. */
const MAX_BYTES = 8_192;

/** Null for what no form of ours sends: too long, another type, a file, a field that comes twice, or no form at all. */
export async function readForm(request: Asked): Promise<Record<string, string> | null> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return null;
  const body = await readBody(request);
  if (body === null) return null;
  const entries = await entriesOf(type, body);
  const fields = new Map<string, string>();
  for (const [name, value] of entries ?? []) {
    if (typeof value !== 'string' || fields.has(name)) return null;
    fields.set(name, value);
  }
  return entries && Object.fromEntries(fields);
}

async function readBody(request: Asked): Promise<Buffer | null> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BYTES || !request.body) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop cancels what has not arrived.
  for await (const chunk of request.body) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function entriesOf(type: string, body: Buffer): Promise<Iterable<[string, FormDataEntryValue]> | null> {
  if (/^application/i.test(type)) return new URLSearchParams(body.toString());
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch {
    // Its parts cannot be told apart.
    return null;
  }
}
