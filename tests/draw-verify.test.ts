/** `npm run draw:verify` as a journalist runs it: a file, and nothing else. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resultFileText } from '../lib/domain/allotment/result-file';
import { sampleResult, tampered } from './sample-result';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wakachi-draw-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The exit code and what was said, without anything of our environment. */
async function run(...args: string[]): Promise<{ code: number; said: string }> {
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'scripts/draw-verify.ts', ...args],
      { env: { PATH: process.env.PATH, NODE_ENV: 'production' } },
    );
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

function saved(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('a published result matches, and is held against the hash that was published at the close', async () => {
  const result = sampleResult('BALLOT', 'JP');
  const file = saved('right.json', resultFileText(result));
  const { code, said } = await run(file, '--list', result.draw.listSha256);
  expect(said).toContain('The draw matches: all 8 checks hold.');
  expect(said).toContain('JP did not reveal its secret');
  expect(code).toBe(0);
  expect(await run('--list', 'd4'.repeat(32), file)).toMatchObject({
    code: 1,
    said: expect.stringContaining('not the one published'),
  });
}, 60_000);

test('a result that was changed is told, with the place', async () => {
  const changed = tampered((file) => file.applicants[4]?.splice(2, 1, '900'));
  const { code, said } = await run(saved('wrong.json', resultFileText(changed)));
  expect(code).toBe(1);
  expect(said).toMatch(/outcome +FAIL/);
  expect(said).toContain(`${changed.applicants[4]?.[0]}: the file says 900, the rules give`);
  expect(said).toContain('The draw does not match: outcome.');
}, 60_000);

test('what is no result file, or not there, is said in a line', async () => {
  expect(await run(saved('none.json', '{}'))).toEqual({
    code: 1,
    said: '\nThis is no result file of Wakachi: "format" is not as it should be.\n',
  });
  expect(await run(path.join(folder, 'nothing.json'))).toMatchObject({
    code: 1,
    said: expect.stringContaining('cannot be read'),
  });
}, 60_000);
