/** `npm start`: from a fresh clone to a running site. Nothing is imported that npm has to install first. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { DEMO_PASSWORD, DEMO_TOTP_SECRET, PERSONAS } from './lib/personas.mjs';
import { site, tsx } from './lib/processes.mjs';
import { runSite, say } from './lib/site.mjs';
import { root } from './lib/state.mjs';

const DIST = process.env.NEXT_DIST_DIR || '.next';

function open(port) {
  const address = process.env.SITE_URL || `http://localhost:${port}`;
  const width = Math.max(...Object.values(PERSONAS).map(({ email }) => email.length));
  const accounts = Object.values(PERSONAS).map(({ email, who }) => `    ${email.padEnd(width)}  ${who}`);
  const lines = ['', `  Wakachi is open at ${address}`, '  A simulation: no real money, no real identity numbers.', ''];
  if (process.env.SIMULATION !== 'off') {
    lines.push(`  Demonstration accounts, all with the password ${DEMO_PASSWORD}`, ...accounts, '');
    lines.push(
      `  Staff are asked for a code, too: npm run code prints it, ${address}/en/demo-codes shows it,`,
      `  and an authenticator app makes it from ${DEMO_TOTP_SECRET}`,
      '',
    );
  }
  console.log([...lines, '  Ctrl-C stops it.', ''].join('\n'));
}

await runSite('start', {
  distDir: DIST,
  async prepare(env) {
    if (await ensureBuilt(env, DIST, say)) say('Built the site');
    say('Starting the site');
  },
  processes(env, port) {
    const production = { ...env, NODE_ENV: 'production', NEXT_DIST_DIR: DIST };
    const { args, env: own } = site(port);
    const list = [{ name: 'site', args, env: { ...production, ...own } }];
    if (existsSync(path.join(root, 'scripts/worker.ts'))) {
      list.push({ name: 'worker', args: tsx('scripts/worker.ts'), env: production });
    }
    return list;
  },
  open,
});
