/** A Chromium for the end-to-end tests: Playwright's own, the machine's, or one that is downloaded now. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runToEnd } from './processes.mjs';
import { isRoot, root } from './state.mjs';

const require = createRequire(path.join(root, 'package.json'));

/** The machine's browser. One without windows, as Playwright's own is, takes half the work of a whole one. */
export function machinesBrowser() {
  const names = ['chromium-headless-shell', 'chromium', 'google-chrome'].map((name) => `/usr/bin/${name}`);
  return [process.env.CHROMIUM_PATH, ...names].find((file) => file && existsSync(file));
}

/** playwright.config.ts chooses alike. */
export function findBrowser() {
  const own = require('@playwright/test').chromium.executablePath();
  return existsSync(own) ? own : (machinesBrowser() ?? null);
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
