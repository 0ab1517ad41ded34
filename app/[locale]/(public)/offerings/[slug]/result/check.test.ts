import { describe, expect, test } from 'vitest';
import { DRAW_CHECKS } from '@/lib/domain/allotment/check-draw';
import { type ResultFile, resultFileText } from '@/lib/domain/allotment/result-file';
import { sampleResult, tampered } from '@/tests/sample-result';
import { checkText } from './check';
import { afterProgress, NOT_CHECKED } from './check-state';

const stateOf = (text: string, published = sampleResult().draw.listSha256) =>
  [...checkText(text, published)].reduce(
    (state, progress) => afterProgress(state, progress, DRAW_CHECKS.length),
    NOT_CHECKED,
  );
const verdict = (file: ResultFile, published?: string) => stateOf(resultFileText(file), published).verdict;

describe('what the page says of a result file', () => {
  test('matches, with every check', () => {
    const state = stateOf(resultFileText(sampleResult()));
    expect(state.verdict).toBe('matches');
    expect(state.checks.map(({ id }) => id)).toEqual([...DRAW_CHECKS]);
  });

  test('differs, where anything does', () => {
    expect(verdict(tampered((file) => file.applicants[4]?.splice(2, 1, '900')))).toBe('differs');
    expect(verdict(tampered((file) => Object.assign(file, { ruleVersion: 2 })))).toBe('differs');
  });

  test('differs, where the file is right in itself but not about the list that was committed to', () => {
    const { verdict: said, checks } = stateOf(resultFileText(sampleResult()), 'd4'.repeat(32));
    expect(said).toBe('differs');
    expect(checks.filter(({ difference }) => difference).map(({ id }) => id)).toEqual(['list']);
  });

  test('that nothing was checked, where there is no such file', () => {
    expect(stateOf('<html>').verdict).toBe('failed');
    expect(stateOf('{}').verdict).toBe('failed');
  });

  test('that it is under way, until the end came', () => {
    const [first] = checkText(resultFileText(sampleResult()), '');
    expect(first && afterProgress(NOT_CHECKED, first, DRAW_CHECKS.length).verdict).toBe('checking');
  });
});
