/**
 * The one way to write a payload down, so that the same content has the same bytes and thereby the same hash (after RFC 8785): keys in order, no
 * spaces, every number a string of its decimal digits. The database writes the same with `canonical_json`; a property test holds the two together.
 */
export type Canonical = string | boolean | null | readonly Canonical[] | { readonly [key: string]: Canonical };

/** SHA-256 of a text's UTF-8 bytes, in hex. The domain takes it as an argument: it is done by the runtime. */
export type Sha256 = (text: string) => string;

/** Throws where a key is not plain ASCII (keys are ours; their order must not depend on anybody's collation) or a text is not well formed. */
export function canonicalJson(value: Canonical): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => {
      if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(key)) throw new TypeError(`“${key}” cannot be a key of a payload.`);
      return `"${key}":${canonicalJson(value[key] ?? null)}`;
    });
  return `{${members.join(',')}}`;
}

const isList = (value: Canonical): value is readonly Canonical[] => Array.isArray(value);

function quoted(text: string): string {
  // JSON.stringify would write a lone surrogate as an escape, and Postgres holds neither it nor U+0000.
  if (/\p{Surrogate}|\0/u.test(text)) throw new TypeError('A payload holds a character that is none.');
  return JSON.stringify(text);
}
