/** What lint cannot say (docs/architecture.md): rules of the house that hold for the repository as a whole. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { icuArguments } from './icu';
import { code, files, read } from './repository';

const MAX_FILE_LINES = 400;
const MAX_FUNCTION_LINES = 80;

/** Made by tools, or lists of data. */
const GENERATED = /^(package-lock\.json|db\/migrations\/|patches\/)/;

const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.startsWith('tests/');

/** `file:line` of each line that matches. */
function linesMatching(from: string[], pattern: RegExp): string[] {
  return from.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])),
  );
}

describe('the rooms', () => {
  it("have 'use server' in actions.ts alone, where each action is parse → one service → redirect", () => {
    const elsewhere = code.filter((file) => path.basename(file) !== 'actions.ts' && !isTest(file));
    expect(linesMatching(elsewhere, /^\s*['"]use server['"]/)).toEqual([]);
  });

  it('read process.env in lib/env.ts alone', () => {
    // Scripts run before there is anything to import, configurations are read by tools, and the database's tests hand it to processes they start.
    // In instrumentation.ts the bundler itself replaces the name.
    const allowed =
      /^(lib\/env\.ts|instrumentation\.ts|scripts\/.*\.mjs|[\w.]+\.config\.(ts|mjs)|db\/test-database\.ts|e2e\/fixtures\/build\.ts|db\/faults\/.*|bench\/peers\/minimal-next\/.*)$/;
    const others = code.filter((file) => !allowed.test(file) && !isTest(file));
    expect(linesMatching(others, /process\.env\b/)).toEqual([]);
  });

  it('import drizzle and the driver in db alone', () => {
    const others = code.filter((file) => !/^(db|bench)\/|^scripts\/.*\.mjs$|^drizzle\.config\.ts$/.test(file));
    expect(linesMatching(others, /(from|import\() ?['"](drizzle-orm|postgres)(\/|['"])/)).toEqual([]);
  });

  it('say of each private page that it is answered as a whole', () => {
    const pages = files.filter((file) => /^app\/\[locale\]\/(?!\(public\)).*page\.tsx$/.test(file));
    expect(pages.length).toBeGreaterThan(30);
    // Without it the development server complains of what the page reads of its request, and a build makes a shell of it (decision 9).
    expect(pages.filter((file) => !/^export const instant = false;$/m.test(read(file)))).toEqual([]);
  });

  it('have no file grown past review', () => {
    const grown = files
      .filter((file) => /\.(ts|tsx|mts|mjs|cjs|css|sql)$/.test(file) && !GENERATED.test(file))
      .map((file) => ({ file, lines: read(file).split('\n').length }))
      .filter(({ lines }) => lines > MAX_FILE_LINES);
    expect(grown).toEqual([]);
  });

  it('have no function grown past review, but with a reason above it ("Long because …")', () => {
    expect(code.filter((file) => !isTest(file)).flatMap(longFunctions)).toEqual([]);
  });
});

/** Functions end where a brace stands as far in as they began: the formatter sees to that. */
function longFunctions(file: string): string[] {
  const lines = read(file).split('\n');
  return lines.flatMap((line, start) => {
    const indent = /^(\s*)(?:export )?(?:default )?(?:async )?function\b|^(\s*)(?:export )?const \w+ = .*=> \{$/.exec(
      line,
    );
    if (!indent || /Long because/.test(lines.slice(Math.max(0, start - 6), start).join('\n'))) return [];
    const margin = indent[1] ?? indent[2] ?? '';
    const length =
      lines.slice(start).findIndex((other) => other.startsWith(`${margin}}`) && !other.startsWith(`${margin}})`)) + 1;
    return length > MAX_FUNCTION_LINES ? [`${file}:${start + 1} has ${length} lines`] : [];
  });
}

describe('the messages', () => {
  type Tree = { [key: string]: string | Tree };
  const groups = files.filter((file) => /^messages\/en\/[\w-]+\.json$/.test(file)).map((file) => path.basename(file));

  const flat = (tree: Tree, prefix = ''): [string, string][] =>
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
    );
  const messages = (locale: string, group: string) => flat(JSON.parse(read(`messages/${locale}/${group}`)));

  it('are in the same groups in both languages', () => {
    const ja = files.filter((file) => /^messages\/ja\/[\w-]+\.json$/.test(file)).map((file) => path.basename(file));
    expect(ja).toEqual(groups);
  });

  it.each(groups)('%s: the same keys, in the same order, with the same arguments', (group) => {
    const shape = (locale: string) => messages(locale, group).map(([key, text]) => `${key}: ${icuKinds(text)}`);
    expect(shape('ja')).toEqual(shape('en'));
  });

  it.each(groups)('%s: every text says something, and keeps no space at its ends', (group) => {
    for (const locale of ['en', 'ja']) {
      for (const [key, text] of messages(locale, group)) {
        expect(text.trim(), `${locale}/${group} ${key}`).not.toBe('');
        expect(text, `${locale}/${group} ${key}`).toBe(text.trim());
      }
    }
  });

  it.each(groups)('%s: the terms and the punctuation of each language', (group) => {
    for (const [key, text] of messages('ja', group)) {
      expect(text, `ja/${group} ${key}: the term is 基準価額`).not.toContain('基準価格');
      // A half-width mark that touches Japanese letters; arguments and tags are taken out first.
      const plain = text.replace(/\{[^{}]*\}|<[^>]*>/g, '0');
      expect(plain, `ja/${group} ${key}: full-width punctuation`).not.toMatch(
        /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}][,.!?:;()]|[,.!?:;(][\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u,
      );
    }
    for (const [key, text] of messages('en', group)) {
      expect(text, `en/${group} ${key}: a button says its act`).not.toMatch(/^(Submit|OK|Click here)$/);
    }
  });

  /** Only that a value is counted differs between languages: Japanese has no plural. */
  const icuKinds = (text: string) =>
    icuArguments(text)
      .map((argument) => argument.replace(/ (plural|value|number)$/, ''))
      .join(' ');
});

describe('icuArguments', () => {
  it.each([
    ['Only {left} are left.', ['left value']],
    ['{count, plural, one {# part of {whole}} other {# parts of {whole}}}', ['count plural', 'whole value']],
    ["It''s {here}, and '{not here}'.", ['here value']],
    ['Read <link>the {kind}</link>.', ['<link>', 'kind value']],
  ])('%s', (text, wanted) => {
    expect(icuArguments(text)).toEqual(wanted);
  });
});

describe('what we stand on', () => {
  type Lock = { packages: Record<string, { version?: string; resolved?: string }> };
  const lock: Lock = JSON.parse(read('package-lock.json'));

  /** Below these are known holes (docs/security.md). */
  it.each([
    ['next', '16.4.5'],
    ['sharp', '0.35.5'],
    ['next-auth', '4.24.15'],
    ['drizzle-orm', '0.45.2'],
  ])('%s is at least %s wherever it is installed', (name, floor) => {
    const versions = Object.entries(lock.packages)
      .filter(([at]) => at.endsWith(`node_modules/${name}`))
      .map(([, { version = '0' }]) => version);
    // Optional packages need not be there at all.
    if (name !== 'sharp') expect(versions.length).toBeGreaterThan(0);
    for (const version of versions)
      expect(compareVersions(version, floor), `${name} ${version}`).toBeGreaterThanOrEqual(0);
  });

  it('comes from the public registry', () => {
    const elsewhere = Object.values(lock.packages).filter(
      ({ resolved }) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere).toEqual([]);
  });
});

function compareVersions(a: string, b: string): number {
  const numbers = (version: string) => (version.split('-')[0] ?? '').split('.').map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  for (const [index, part] of left.entries()) if (part !== right[index]) return part - (right[index] ?? 0);
  return a.includes('-') && !b.includes('-') ? -1 : 0;
}

describe('what documents lead to', () => {
  it('is in the repository, pictures too', () => {
    const missing = files
      .filter((file) => file.endsWith('.md') && !file.startsWith('db/seed/'))
      .flatMap((file) =>
        [...read(file).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
          .map(([, target = '']) => target)
          .filter((target) => !/^[a-z]+:/.test(target))
          .map((target) => path.posix.normalize(path.posix.join(path.posix.dirname(file), target)))
          .filter((target) => !files.some((other) => other === target || other.startsWith(`${target}/`)))
          .map((target) => `${file} → ${target}`),
      );
    expect(missing).toEqual([]);
  });

  it('and so is each file, each test too, that the list of defences names', () => {
    const named = [...read('docs/security.md').matchAll(/`([\w./@-]+\/[\w./-]+\.(?:ts|tsx|sql|md|json))`/g)];
    expect(named.length).toBeGreaterThan(50);
    expect(named.map(([, file = '']) => file).filter((file) => !files.includes(file))).toEqual([]);
  });
});

describe('what does not belong here', () => {
  const text = files.filter((file) => !/\.(png|jpe?g|webp|avif|ico|ttf)$/.test(file) && file !== 'tests/tidy.test.ts');

  it('no paths of somebody’s machine', () => {
    expect(linesMatching(text, /(?<![\w.~/-])\/(work|home|Users|root)\/[\w.-]/)).toEqual([]);
  });

  it('no test that is skipped, alone, or asleep', () => {
    const tests = code.filter((file) => isTest(file) || /^(e2e|bench)\//.test(file));
    const wrong = /\b(it|test|describe)(\.\w+)*\.(skip|only|todo|fixme)\b|waitForTimeout|networkidle/;
    expect(
      linesMatching(
        tests.filter((file) => file !== 'tests/tidy.test.ts'),
        wrong,
      ),
    ).toEqual([]);
  });

  it('no type check that was switched off', () => {
    expect(
      linesMatching(
        text.filter((file) => /\.tsx?$/.test(file)),
        /@ts-(ignore|nocheck|expect-error)/,
      ),
    ).toEqual([]);
  });
});
