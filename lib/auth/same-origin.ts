import { env } from '@/lib/env';

/** Whether a request's Origin is this site's own; a missing or `null` one is not. */
export const isSameOrigin = (origin: string | null): boolean =>
  origin !== null && origin === new URL(env().SITE_URL).origin;
