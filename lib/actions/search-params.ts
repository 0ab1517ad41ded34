/** What a page gets of the query; a parameter may be given any number of times. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The one value of a parameter; given twice, it counts as not given. */
export async function oneParam(params: SearchParams, name: string): Promise<string | undefined> {
  const value = (await params)[name];
  return typeof value === 'string' ? value : undefined;
}
