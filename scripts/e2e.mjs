/**
 * The end-to-end tests: `npm run e2e -- --ui`, or any other argument of Playwright. `--pictures` takes the pictures of all pages instead.
 * Playwright's global setup starts the database and builds the site.
 */
import path from 'node:path';
import { ensureBrowser } from './lib/browser.mjs';
import { assertNode, ensureInstalled } from './lib/install.mjs';
import { runToEnd } from './lib/processes.mjs';
import { root, StartError } from './lib/state.mjs';

try {
  assertNode();
  await ensureInstalled(console.log);
  if (!(await ensureBrowser())) process.exit(1);
  const given = process.argv.slice(2).filter((argument) => argument !== '--pictures');
  const project = process.argv.includes('--pictures') ? 'pictures' : 'e2e';
  const chosen = given.some((argument) => argument.startsWith('--project')) ? [] : [`--project=${project}`];
  const cli = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  process.exitCode = await runToEnd(process.execPath, [cli, 'test', ...chosen, ...given]);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
