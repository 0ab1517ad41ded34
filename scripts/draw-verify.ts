/**
 * Computes an allotment again from its result file, without a database or any setting: npm run draw:verify -- FILE [--list SHA256]
 * One line a check; the exit code is 1 when one fails. `--list` is the hash that was published at the close: with it nobody can have swapped
 * the whole file for another that is right in itself.
 */
import { readFileSync } from 'node:fs';
import { checkDraw, DRAW_CHECKS, type DrawCheck, type DrawCheckId } from '../lib/domain/allotment/check-draw';
import { parseResultFile, type ResultFile } from '../lib/domain/allotment/result-file';

const SAYS: Record<DrawCheckId, string> = {
  rules: 'the rules are those of this program',
  applicants: 'each applicant is listed once and asks for whole lots',
  list: 'the hash of the list and its terms',
  commitments: 'each secret that was revealed is the one committed to',
  beacon: 'the pulse of the beacon is the one that the terms fix',
  seed: 'the seed, from the list, the secrets and the pulse',
  outcome: 'what each applicant got',
  figures: 'the figures of the result notice',
};

function print({ id, difference }: DrawCheck) {
  console.log(`${id.padEnd(12)} ${difference ? 'FAIL' : ' ok '}  ${SAYS[id]}`);
  if (!difference) return;
  const { at, stated, recomputed, others } = difference;
  console.log(`                   ${at}: the file says ${stated}, the rules give ${recomputed}`);
  if (others > 0) console.log(`                   … and ${others} more`);
}

function introduce({ offering, draw, applicants, ruleVersion }: ResultFile) {
  const { method, lotUnits, offeredUnits, upsizeUnits } = offering;
  console.log(
    `Offering     ${offering.slug}, ${method}, lots of ${lotUnits}, offered ${offeredUnits} and up to ${upsizeUnits} more`,
  );
  console.log(`Applicants   ${applicants.length}, under rule version ${ruleVersion}`);
  for (const { side, commitment, secret } of draw.parts) {
    const word = secret ? 'revealed its secret' : commitment ? 'did not reveal its secret' : 'committed to no secret';
    console.log(`Side         ${side} ${word}`);
  }
  console.log(`List         ${draw.listSha256}`);
  console.log(`Seed         ${draw.seed}\n`);
}

/** Whether the file is what it says, in the words of the last line. */
function verify(text: string, published: string | undefined): { ok: boolean; verdict: string } {
  const parsed = parseResultFile(text);
  if (!parsed.ok) {
    const where = parsed.at === null ? 'it is not JSON' : `"${parsed.at || 'the whole'}" is not as it should be`;
    return { ok: false, verdict: `This is no result file of Wakachi: ${where}.` };
  }
  introduce(parsed.file);
  const failed: string[] = [];
  let done = 0;
  for (const check of checkDraw(parsed.file)) {
    print(check);
    done += 1;
    if (check.difference) failed.push(check.id);
  }
  if (published !== undefined && published !== parsed.file.draw.listSha256) {
    return { ok: false, verdict: `The list is not the one published at the close, ${published}.` };
  }
  if (failed.length > 0) return { ok: false, verdict: `The draw does not match: ${failed.join(', ')}.` };
  if (done < DRAW_CHECKS.length) return { ok: false, verdict: 'Not everything could be checked.' };
  const rest = published === undefined ? ' Compare the hash of the list with the one published at the close.' : '';
  return { ok: true, verdict: `The draw matches: all ${done} checks hold.${rest}` };
}

const args = process.argv.slice(2);
const flag = args.indexOf('--list');
const published = flag < 0 ? undefined : args.splice(flag, 2)[1];
const [file, ...more] = args;
if (!file || more.length > 0 || (flag >= 0 && !published)) {
  console.error('npm run draw:verify -- FILE [--list SHA256]');
  process.exitCode = 1;
} else {
  try {
    const { ok, verdict } = verify(readFileSync(file, 'utf8'), published);
    console.log(`\n${verdict}`);
    process.exitCode = ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    console.error(`${file} cannot be read: ${error.message}`);
    process.exitCode = 1;
  }
}
