import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRecoveryCode, isFresh, parseRecoveryCode, parseTotpCode, secondStepOf } from './factors';

describe('the second step', () => {
  it.each([
    ['CITIZEN', false, null, 'NONE'],
    ['CITIZEN', false, 20, 'NONE'],
    ['CITIZEN', true, null, 'WAITING'],
    ['CITIZEN', true, 20, 'DONE'],
    ['OPERATOR', false, null, 'ENROL'],
    ['AUDITOR', true, null, 'WAITING'],
    ['SUPPORT', true, 20, 'DONE'],
  ] as const)('of %s with a factor %s, done %s seconds ago, is %s', (role, hasFactor, age, step) => {
    expect(secondStepOf({ role, hasFactor, age })).toBe(step);
  });

  it('is fresh for five minutes', () => {
    expect([null, -1, 0, 299.9, 300, 300.1].map(isFresh)).toEqual([false, false, true, true, true, false]);
  });
});

describe('a typed code', () => {
  it.each([
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['１２３　４５６', '123456'],
    ['123-456', '123456'],
    ['12345', null],
    ['1234567', null],
    ['12345x', null],
    ['①②③④⑤⑥', null],
    ['١٢٣٤٥٦', null],
    ['', null],
  ])('%j reads as %j', (typed, code) => {
    expect(parseTotpCode(typed)).toBe(code);
  });
});

describe('a recovery code', () => {
  const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });

  it('is read as it was written, however it is typed', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const code = formatRecoveryCode(random);
        expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){3}$/);
        const bare = code.replaceAll('-', '');
        for (const typed of [code, bare, code.toLowerCase(), code.replaceAll('-', ' '), code.replaceAll('-', '‐')])
          expect(parseRecoveryCode(typed)).toBe(bare);
      }),
    );
  });

  it('is nothing else', () => {
    for (const typed of ['', 'ABCD', 'ABCD-EFGH-JKLM-NPQ0', 'ABCD-EFGH-JKLM-NPQRS', 'あ'.repeat(16)])
      expect(parseRecoveryCode(typed)).toBeNull();
  });
});
