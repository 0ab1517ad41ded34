/** Brings node_modules to what package-lock.json names. Node builtins only: nothing else is there yet. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { capture } from './processes.mjs';
import { root, StartError } from './state.mjs';

const OLDEST_NODE = [20, 9];

export function assertNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new StartError(`Wakachi needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
}

const readJson = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

/** The first package that is missing or of another version than the lock file says, or null. Optional ones depend on the machine. */
function firstMissing() {
  let installed;
  try {
    installed = readJson('node_modules/.package-lock.json').packages;
  } catch {
    return 'node_modules';
  }
  for (const [folder, wanted] of Object.entries(readJson('package-lock.json').packages)) {
    if (folder === '' || wanted.optional || wanted.devOptional || wanted.link) continue;
    if (installed[folder]?.version !== wanted.version || !existsSync(path.join(root, folder, 'package.json')))
      return folder;
  }
  return null;
}

export const isInstalled = () => firstMissing() === null;

/** Installs when something is missing, and applies our patches where install scripts were switched off. */
export async function ensureInstalled(say) {
  const missing = firstMissing();
  if (missing) {
    say('Installing packages; the first time takes a minute or two');
    const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
    // NODE_ENV=production would leave out what the build needs.
    const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
    const { code, output } = await capture(npm[0], [...npm.slice(1), ...args], {
      env: { npm_config_progress: 'false' },
    });
    if (code !== 0) {
      console.error(output);
      throw new StartError(
        /ENOSPC/.test(output)
          ? 'The disk is full: the packages could not be installed.'
          : 'The packages could not be installed: see npm above.',
      );
    }
  }
  await ensurePatched(say);
  return missing !== null;
}

async function ensurePatched(say) {
  const folder = path.join(root, 'patches');
  const patches = readdirSync(folder).filter((file) => file.endsWith('.patch'));
  const hash = createHash('sha256');
  for (const file of patches.sort()) hash.update(file).update(readFileSync(path.join(folder, file)));
  const wanted = hash.digest('hex');
  const stamp = path.join(root, 'node_modules', '.wakachi-patches');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Patching packages');
  // It leaves alone what is patched already.
  const { code, output } = await capture(process.execPath, [
    path.join(root, 'node_modules/patch-package/index.js'),
    '--error-on-fail',
  ]);
  if (code !== 0) {
    console.error(output);
    throw new StartError('The patches do not fit the installed packages: run npm ci.');
  }
  writeFileSync(stamp, wanted);
}
