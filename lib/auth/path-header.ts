/** The header in which the proxy tells a page its own path. It overwrites whatever a caller sent. */
export const PATH_HEADER = 'x-wakachi-path';
