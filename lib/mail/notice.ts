/** A mail as a notice in the site: without its footer, and its links as ways inside the site. */

export type NoticePart = { text: string } | { path: `/${string}` };

/** Every link of ours stands on a line of its own, and a name has no line break: nothing that a person typed becomes a link. */
const LINK = /^https?:\/\/[^/\s]+\/(?:en|ja)(\/\S+)$/;
const FOOTER = '\n\n-- \n';

/** The paragraphs of a mail's body in their order; of a link what follows the language. Where the site stood when it was written does not matter. */
export function noticeParts(body: string): NoticePart[] {
  const [contents = ''] = body.split(FOOTER);
  return contents
    .split('\n\n')
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => {
      const path = LINK.exec(paragraph)?.[1];
      return path === undefined ? { text: paragraph } : { path: path as `/${string}` };
    });
}

/** Where a notice's link leads, by which it is worded. */
export const PLACES = ['orders', 'plans', 'subscriptions', 'documents', 'cash', 'activity', 'account'] as const;
export type Place = (typeof PLACES)[number] | 'page';

export const placeOf = (path: string): Place => PLACES.find((place) => path.split(/[/?#]/)[1] === place) ?? 'page';
