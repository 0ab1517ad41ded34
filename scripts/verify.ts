/**
 * Checks every data invariant on the database of DATABASE_URL, as its owner: npm run verify [-- --acknowledged FILE]
 * One line each; the exit code is 1 when one fails. FILE has a line `<investor id> <key>` for each order or movement of cash that a client
 * was told is done.
 */
import { readFileSync } from 'node:fs';
import { connect, PATIENT_DEADLINES } from '@/db/connect';
import { type Acknowledged, type Finding, verifyInvariants } from '@/db/queries/verify';
import { required } from '@/lib/env';

function acknowledgedKeys(args: string[]): Acknowledged[] | null {
  const at = args.indexOf('--acknowledged');
  if (at < 0) return null;
  const file = args[at + 1];
  if (!file) throw new Error('--acknowledged needs a file.');
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [investorId, key] = line.trim().split(/\s+/);
      if (!investorId || !key) throw new Error(`Not an investor's id and a key: ${line}`);
      return { investorId: BigInt(investorId), key };
    });
}

function print({ id, says, ok, count, places, ms }: Finding) {
  const word = ok === null ? ' -  ' : ok ? ' ok ' : 'FAIL';
  const cost = ok === null ? '' : ` (${ms < 10_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 1000)} s`})`;
  console.log(`${id.padEnd(3)} ${word}  ${says}${cost}`);
  for (const place of places) console.log(`            ${place}`);
  if (count > places.length) console.log(`            … and ${count - places.length} more`);
}

const acknowledged = acknowledgedKeys(process.argv.slice(2));
const sql = connect(required('DATABASE_URL'), { max: 1, name: 'wakachi-verify', deadlines: PATIENT_DEADLINES });
try {
  const findings = await sql.begin('isolation level repeatable read read only', (tx) =>
    verifyInvariants(tx, acknowledged),
  );
  for (const finding of findings) print(finding);
  const failed = findings.filter(({ ok }) => ok === false);
  const held = findings.filter(({ ok }) => ok === true);
  console.log(
    failed.length === 0
      ? `All ${held.length} invariants hold.`
      : `${failed.length} of ${held.length + failed.length} invariants are broken: ${failed.map(({ id }) => id).join(', ')}.`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  await sql.end({ timeout: 5 });
}
