/**
 * `npm test`: installs what is missing and runs every check there is, also after one has failed. The last line is `N passed, M failed`;
 * each test of Vitest and Playwright counts, and each other check as one. `npm test -- unit db` runs some of the steps.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBrowser } from './lib/browser.mjs';
import { assertNode, ensureInstalled } from './lib/install.mjs';
import { startCluster, stopCluster } from './lib/postgres.mjs';
import { runToEnd, tsx } from './lib/processes.mjs';
import { root, StartError } from './lib/state.mjs';

const bin = (...parts) => path.join(root, 'node_modules', ...parts);
const reports = mkdtempSync(path.join(tmpdir(), 'wakachi-test-'));
const total = { passed: 0, failed: 0 };
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true;
  });
}

const node = (args, env = {}) => runToEnd(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** A check that has no tests of its own counts as one. */
const check = (args, env) => async () => ({
  passed: 0,
  failed: 0,
  ...((await node(args, env)) === 0 ? { passed: 1 } : { failed: 1 }),
});

/** What a runner has counted; a run that failed otherwise, such as by a file that does not load, counts as one failure more. */
function counted(code, counts) {
  const { passed, failed } = counts ?? { passed: 0, failed: 0 };
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

const vitest =
  (...projects) =>
  async () => {
    const file = path.join(reports, `${projects[0]}.json`);
    const chosen = projects.flatMap((project) => ['--project', project]);
    const args = ['run', ...chosen, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const code = await node([bin('vitest', 'vitest.mjs'), ...args]);
    const report = readReport(file);
    return counted(code, report && { passed: report.numPassedTests, failed: report.numFailedTests });
  };

async function playwright() {
  if (!(await ensureBrowser())) return { passed: 0, failed: 1 };
  const file = path.join(reports, 'e2e.json');
  const code = await node([bin('@playwright', 'test', 'cli.js'), 'test', '--project=e2e', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  const stats = readReport(file)?.stats;
  return counted(code, stats && { passed: stats.expected, failed: stats.unexpected + stats.flaky });
}

const arrows = ['--config', '.dependency-cruiser.cjs', 'app', 'components', 'db', 'front', 'lib', 'proxy.ts'];

/** In the order of what they cost; `needs` names a step without which this one says nothing. */
const STEPS = [
  { name: 'types of routes', group: 'types', run: check([bin('next', 'dist', 'bin', 'next'), 'typegen']) },
  { name: 'types', run: check([bin('typescript', 'bin', 'tsc'), '--noEmit', '--incremental', 'false']) },
  { name: 'lint', run: check([bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '.']) },
  { name: 'arrows', run: check([bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), ...arrows]) },
  { name: 'unit', run: vitest('unit') },
  { name: 'db', run: vitest('db', 'faults') },
  { name: 'build', run: check(tsx('scripts/e2e-build.ts')) },
  { name: 'e2e', needs: 'build', run: playwright },
];

async function runSteps(chosen) {
  const failed = new Set();
  for (const { name, needs, run } of chosen) {
    if (interrupted) return;
    const began = Date.now();
    console.log(`\n== ${name}`);
    let result = { passed: 0, failed: 1 };
    if (needs && failed.has(needs)) console.log(`Not run, because ${needs} failed.`);
    else result = await run();
    if (result.failed > 0) failed.add(name);
    total.passed += result.passed;
    total.failed += result.failed;
    console.log(
      `-- ${name}: ${result.passed} passed, ${result.failed} failed, ${((Date.now() - began) / 1000).toFixed(1)} s`,
    );
  }
}

try {
  assertNode();
  await ensureInstalled(console.log);
  const wanted = process.argv.slice(2);
  const chosen = STEPS.filter(
    ({ name, group }) => wanted.length === 0 || wanted.includes(name) || wanted.includes(group),
  );
  if (chosen.length === 0) throw new StartError(`There is no such step: ${STEPS.map(({ name }) => name).join(', ')}.`);
  // Started here, so that the steps find it running instead of starting and stopping it each.
  const cluster = chosen.some(({ name }) => ['db', 'build', 'e2e'].includes(name)) ? await startCluster('test') : null;
  try {
    await runSteps(chosen);
  } finally {
    if (cluster?.started) await stopCluster('test');
  }
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  total.failed += 1;
}
if (interrupted) {
  console.log('\nInterrupted.');
  total.failed += 1;
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
