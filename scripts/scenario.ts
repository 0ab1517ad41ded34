/**
 * Plays a scenario on the database of DATABASE_URL, which was made for it: scripts/scenario.mjs does that, and calls this. Prints what was refused, whether
 * every invariant holds, and the SHA-256 of the ledger's export; `--export FILE` keeps it.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { closeDatabase } from '@/db/client';
import { connect, PATIENT_DEADLINES } from '@/db/connect';
import { exportLedger } from '@/db/queries/ledger-export';
import { verifyInvariants } from '@/db/queries/verify';
import { readScenario } from '@/lib/domain/scenario/read';
import { required } from '@/lib/env';
import { runScenario } from '@/lib/jobs/run-scenario';

const { values, positionals } = parseArgs({ options: { export: { type: 'string' } }, allowPositionals: true });
const scenario = readScenario(readFileSync(positionals[0] ?? '', 'utf8'));
const owner = connect(required('DATABASE_URL'), { max: 2, name: 'wakachi-scenario', deadlines: PATIENT_DEADLINES });
try {
  const began = performance.now();
  let shown = '';
  const report = await runScenario(owner, scenario, (at, done) => {
    const month = at.toISOString().slice(0, 7);
    if (month === shown) return;
    shown = month;
    console.log(`${month}  ${done} of ${scenario.steps.length} steps`);
  });
  console.log(`${scenario.name}: ${report.steps} steps in ${Math.round((performance.now() - began) / 1000)} s`);
  for (const [code, count] of Object.entries(report.refused).sort()) console.log(`  refused ${count} times: ${code}`);
  const [findings, text] = await owner.begin('isolation level repeatable read read only', async (tx) => [
    await verifyInvariants(tx),
    await exportLedger(tx),
  ]);
  const broken = findings.filter(({ ok }) => ok === false);
  for (const { id, places } of broken) console.log(`${id} is broken: ${places[0]}`);
  if (broken.length === 0) console.log('All invariants hold.');
  if (values.export !== undefined) writeFileSync(values.export, text);
  console.log(`${text.split('\n').length - 1} postings, SHA-256 ${createHash('sha256').update(text).digest('hex')}`);
  process.exitCode = broken.length === 0 ? 0 : 1;
} finally {
  await closeDatabase();
  await owner.end({ timeout: 5 });
}
