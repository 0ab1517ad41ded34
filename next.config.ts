import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin({ requestConfig: './lib/i18n/request.ts' });

const config: NextConfig = {
  // Several checkouts or processes may build side by side; each names its own folder.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  // Next writes the folder's generated types into the configuration that it is given; the end-to-end tests' build has one of its own.
  typescript: {
    tsconfigPath: (process.env.NEXT_DIST_DIR ?? '.next') === '.next' ? 'tsconfig.json' : 'tsconfig.e2e.json',
  },
  cacheComponents: true,
  partialPrefetching: true,
  typedRoutes: true,
  poweredByHeader: false,
  agentRules: false,
  reactStrictMode: true,
  // The image optimizer is an attack surface that a site without photographs does not need (TRUST.md).
  images: { unoptimized: true },
  serverExternalPackages: [
    '@node-rs/argon2',
    '@simplewebauthn/server',
    'postgres',
    'graphile-worker',
    'pino',
    'rate-limiter-flexible',
    'yubin',
    'zipcodes',
  ],
  experimental: {
    // With a root layout a group of pages, an address without a language needs a page of its own.
    globalNotFound: true,
    // Pages renewed while the site runs stay in its memory: the build is never written to, and processes that share it do not mix.
    isrFlushToDisk: false,
    // A body larger than this is refused before any action reads it.
    serverActions: { bodySizeLimit: '64kb' },
  },
};

export default withNextIntl(config);
