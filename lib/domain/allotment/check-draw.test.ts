import { describe, expect, test } from 'vitest';
import { sampleResult as resultOf, tampered } from '../../../tests/sample-result';
import { checkDraw, DRAW_CHECKS } from './check-draw';
import { ALLOTMENT_METHODS } from './model';
import { parseResultFile, type ResultFile, resultFileText } from './result-file';

const checksOf = (file: ResultFile) => [...checkDraw(file)];
const differing = (file: ResultFile) => checksOf(file).flatMap(({ id, difference }) => (difference ? [id] : []));
const matches = (file: ResultFile) => checksOf(file).length === DRAW_CHECKS.length && differing(file).length === 0;

const rowOf = (file: ResultFile, n: number) => file.applicants[n] ?? ['', '', ''];

describe('a result as it was published', () => {
  test.each(ALLOTMENT_METHODS)('%s matches, also without the secret of one side', (method) => {
    expect(matches(resultOf(method))).toBe(true);
    expect(matches(resultOf(method, 'JP'))).toBe(true);
    expect(resultOf(method, 'JP').draw.seed).not.toBe(resultOf(method).draw.seed);
  });

  test('matches whatever the order of its list and of the sides (A5)', () => {
    expect(matches(tampered((file) => file.applicants.reverse()))).toBe(true);
    expect(matches(tampered((file) => file.draw.parts.reverse()))).toBe(true);
  });

  test('is read from its own text, in which applicants stand by id, one a line', () => {
    const file = resultOf();
    const text = resultFileText(file);
    const parsed = parseResultFile(text);
    expect(parsed).toMatchObject({ ok: true, file: { draw: file.draw, figures: file.figures } });
    expect(parsed.ok && matches(parsed.file)).toBe(true);
    const ids = text.split('\n').flatMap((line) => /^ {4}\["([0-9a-f]{32})"/.exec(line)?.[1] ?? []);
    expect(ids).toEqual(file.applicants.map(([id]) => id).sort());
    expect(resultFileText(tampered((copy) => copy.applicants.reverse()))).toBe(text);
  });
});

describe('a result that somebody changed', () => {
  test.each<[string, (file: ResultFile) => void, string[]]>([
    ['what somebody asked for', (file) => rowOf(file, 3).splice(1, 1, '900'), ['list', 'seed', 'outcome']],
    ['a dropped applicant', (file) => file.applicants.splice(5, 1), ['list', 'seed', 'outcome', 'figures']],
    [
      'an applicant that was not there',
      (file) => file.applicants.push(['f'.repeat(32), '100', '100']),
      ['list', 'seed', 'outcome', 'figures'],
    ],
    ['an applicant twice', (file) => file.applicants.push(rowOf(file, 0)), ['applicants']],
    ['part of a lot', (file) => rowOf(file, 0).splice(1, 1, '150'), ['applicants']],
    ['the hash of the list', (file) => Object.assign(file.draw, { listSha256: 'd4'.repeat(32) }), ['list']],
    ['the seed', (file) => Object.assign(file.draw, { seed: 'd4'.repeat(32) }), ['seed']],
    [
      'the size of the offer',
      (file) => Object.assign(file.offering, { offeredUnits: '9100' }),
      ['list', 'seed', 'outcome', 'figures'],
    ],
    [
      'a secret',
      (file) => Object.assign(file.draw.parts[0] ?? {}, { secret: 'd4'.repeat(32) }),
      ['commitments', 'seed', 'outcome'],
    ],
    [
      'a secret that was left out',
      (file) => Object.assign(file.draw.parts[0] ?? {}, { secret: null }),
      ['seed', 'outcome'],
    ],
    [
      'a secret without a commitment',
      (file) => Object.assign(file.draw.parts[0] ?? {}, { commitment: null }),
      ['commitments', 'seed', 'outcome'],
    ],
    ['a side that is missing', (file) => file.draw.parts.pop(), ['commitments', 'seed', 'outcome']],
    ['the pulse', (file) => Object.assign(file.draw.beacon, { value: 'd4'.repeat(32) }), ['beacon', 'seed', 'outcome']],
    [
      'an earlier pulse',
      (file) => Object.assign(file.draw.beacon, { at: '2026-11-21T06:00:00.000Z' }),
      ['beacon', 'seed', 'outcome'],
    ],
    ['the hash of the outcome', (file) => Object.assign(file, { outcomeSha256: 'd4'.repeat(32) }), ['outcome']],
    ['the ceiling', (file) => Object.assign(file.figures, { ceilingUnits: '100' }), ['figures']],
    ['a band of sizes', (file) => Object.assign(file.figures.sizes[1] ?? {}, { full: 0 }), ['figures']],
    ['the rule version', (file) => Object.assign(file, { ruleVersion: 2 }), ['rules']],
  ])('%s', (_, change, wanted) => {
    const found = differing(tampered(change));
    expect(found.slice(0, wanted.length)).toEqual(wanted);
    expect(matches(tampered(change))).toBe(false);
  });

  test('a unit moved from one to another is found where it first is, and counted', () => {
    const given = (row: [string, string, string], by: bigint) => row.splice(2, 1, String(BigInt(row[2]) + by));
    const file = tampered((copy) => {
      given(rowOf(copy, 8), 100n);
      given(rowOf(copy, 17), -100n);
    });
    const [first] = [rowOf(file, 8), rowOf(file, 17)].sort(([a], [b]) => (a < b ? -1 : 1));
    const outcome = checksOf(file).find(({ id }) => id === 'outcome')?.difference;
    expect(outcome).toMatchObject({ at: first?.[0], stated: first?.[2], others: 1 });
    expect(differing(file)).toEqual(['outcome']);
  });

  test('another side’s commitment, taken as one’s own, opens nothing', () => {
    const file = tampered((copy) => {
      const [us, jp] = copy.draw.parts;
      if (us && jp) Object.assign(jp, { commitment: us.commitment, secret: us.secret });
    });
    expect(differing(file)).toContain('commitments');
  });
});

describe('what is no result file', () => {
  const at = (text: string) => {
    const parsed = parseResultFile(text);
    return parsed.ok ? 'read' : parsed.at;
  };
  const with_ = (change: (file: ResultFile) => void) => at(JSON.stringify(tampered(change)));

  test('is told, with the place', () => {
    expect(at('not JSON')).toBeNull();
    expect(at('[]')).toBe('');
    expect(at('{}')).toBe('format');
    expect(with_((file) => rowOf(file, 2).splice(2, 1, '-100'))).toBe('applicants.2.2');
    expect(with_((file) => rowOf(file, 2).splice(2, 1, '1e3'))).toBe('applicants.2.2');
    expect(with_((file) => Object.assign(file.draw, { seed: 'A'.repeat(64) }))).toBe('draw.seed');
    expect(with_((file) => Object.assign(file.offering, { lotUnits: '0' }))).toBe('offering.lotUnits');
    expect(with_((file) => Object.assign(file, { more: 1 }))).toBe('');
  });
});
