import type { MetadataRoute } from 'next';
import { env } from '@/lib/env';

/** Public pages may be found; a person's own pages say `noindex` themselves. */
export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: '*', allow: '/', disallow: '/api/' }, sitemap: `${env().SITE_URL}/sitemap.xml` };
}
