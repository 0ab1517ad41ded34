/** A production build that is made again only when its sources have changed. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renderPrivatePagesWhole } from './private-pages.mjs';
import { capture, next } from './processes.mjs';
import { root, StartError } from './state.mjs';

const SOURCES = [
  'app',
  'components',
  'db',
  'lib',
  'messages',
  'public',
  'scripts/lib',
  'global.d.ts',
  'instrumentation.ts',
  'proxy.ts',
]
  .concat(['next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json', 'patches'])
  .sort();

function* filesOf(at) {
  const full = path.join(root, at);
  if (!existsSync(full)) return;
  if (!statSync(full).isDirectory()) {
    if (!/\.test\.tsx?$/.test(at)) yield at;
    return;
  }
  for (const entry of readdirSync(full).sort()) yield* filesOf(path.join(at, entry));
}

function sourcesHash() {
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of SOURCES.flatMap((at) => [...filesOf(at)]))
    hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

const stampOf = (distDir) => path.join(root, distDir, 'wakachi-sources');

export function isBuilt(distDir) {
  const stamp = stampOf(distDir);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesHash();
}

/** Builds into `distDir` unless it holds a build of exactly these sources. Pages with cached data are made with the database of `env`. */
export async function ensureBuilt(env, distDir, say) {
  if (isBuilt(distDir)) return false;
  say('Building the site; this takes a minute or two');
  // Gone before the build begins, so that one that was killed half way is not taken for a whole one.
  rmSync(stampOf(distDir), { force: true });
  const { code, output } = await capture(process.execPath, [next, 'build'], {
    env: { ...env, NEXT_DIST_DIR: distDir, NODE_ENV: 'production' },
  });
  if (code !== 0) {
    console.error(output);
    throw new StartError(
      /ENOSPC/.test(output)
        ? 'The disk is full: the site could not be built.'
        : 'The site could not be built: see above.',
    );
  }
  renderPrivatePagesWhole(path.join(root, distDir));
  writeFileSync(stampOf(distDir), sourcesHash());
  return true;
}
