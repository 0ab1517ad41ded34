/** The repository's own text files, for tests that read them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Tracked files, and new ones that git would track. */
export const files: string[] = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file !== '' && existsSync(path.join(root, file)));

export const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

export const code = files.filter((file) => /\.(ts|tsx|mts|mjs|cjs|js)$/.test(file));
