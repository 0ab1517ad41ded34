import { revalidateTag } from 'next/cache';
import { isOurs } from '@/lib/public-data/ours';
import { PUBLIC_TAGS } from '@/lib/public-data/tags';

/**
 * For processes of ours that are not Next's, the job worker and `npm run clock`: what the public pages keep is out of date, and whoever comes next gets
 * them made anew. Nobody else finds anything here.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isOurs(request.headers.get('authorization'))) return new Response(null, { status: 404 });
  for (const tag of Object.values(PUBLIC_TAGS)) revalidateTag(tag, { expire: 0 });
  return new Response(null, { status: 204 });
}
