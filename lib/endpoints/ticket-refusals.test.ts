import { describe, expect, it } from 'vitest';
import en from '@/messages/en/errors.json';
import { isTicketRefusal, refusalToTell } from './ticket-refusals';

const textOf = (code: string) => {
  const [group = '', name = ''] = code.split('.');
  return (en as unknown as Record<string, Record<string, string>>)[group]?.[name] ?? '';
};

const codes = Object.entries(en).flatMap(([group, texts]) => Object.keys(texts).map((name) => `${group}.${name}`));

describe('a code in the address of a review page', () => {
  it('is told in words that need no figures', () => {
    const told = codes.filter(isTicketRefusal).map(refusalToTell);
    expect(told.length).toBeGreaterThan(20);
    for (const code of told) expect(textOf(code ?? ''), code).toMatch(/^[^{}]+$/);
  });

  it.each([undefined, '', 'order', 'auth.wrong', 'form.unexpected', '__proto__', '<script>', ['form.busy']])(
    'is nothing when it is %s',
    (code) => {
      expect(refusalToTell(code)).toBeUndefined();
      expect(isTicketRefusal(code)).toBe(false);
    },
  );

  it('that the page would have found by itself, and does not, has passed', () => {
    expect(refusalToTell('order.sold-out')).toBe('order.changed-meanwhile');
    expect(refusalToTell('form.busy')).toBe('form.busy');
  });
});
