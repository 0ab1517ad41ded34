/**
 * Arrays as Postgres writes them, for parameters that are cast from text in the statement: `${plainArray(ids)}::text::bigint[]`. The driver's own
 * array parameters ask the server for types first.
 */
export const plainArray = (values: readonly (bigint | number | boolean | string)[]): string => `{${values.join(',')}}`;
