/** A Chromium for the end-to-end tests: Playwright's own, the machine's, or one that is downloaded now. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runToEnd } from './processes.mjs';
import { isRoot, root } from './state.mjs';

const require = createRequire(path.join(root, 'package.json'));

/** playwright.config.ts looks in the same places. */
export function findBrowser() {
  const { chromium } = require('@playwright/test');
  const places = [chromium.executablePath(), process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'];
  return places.find((file) => file && existsSync(file)) ?? null;
}

/** Returns the browser's path, or null after saying what a person can do. */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  console.log('There is no browser for the end-to-end tests yet; downloading one.');
  // The libraries that it needs come with apt, which takes root.
  const withLibraries = isRoot() && existsSync('/usr/bin/apt-get') ? ['--with-deps'] : [];
  const cli = path.join(path.dirname(require.resolve('@playwright/test/package.json')), 'cli.js');
  await runToEnd(process.execPath, [cli, 'install', ...withLibraries, 'chromium']).catch(() => {});
  if (findBrowser()) return findBrowser();
  console.error('No browser could be downloaded: install chromium, or name one by CHROMIUM_PATH, and run this again.');
  return null;
}
