import { describe, expect, it } from 'vitest';
import { noticeParts, placeOf } from './notice';
import { renderMail } from './templates';

describe('a mail as a notice', () => {
  it('has its paragraphs in order, its links as ways inside the site, and no footer', () => {
    const { body } = renderMail('ja', {
      ...{ kind: 'document-changed', offering: { en: 'Autumn window', ja: '秋の期間募集' }, title: '交付目論見書' },
      ...{ version: 2, until: new Date('2026-11-20T15:00:00Z') },
      ...{ document: '/documents/prospectus/2', path: '/subscriptions/autumn' },
    });
    const parts = noticeParts(body);
    expect(parts.map((part) => ('path' in part ? part.path : 'text'))).toEqual([
      'text',
      '/documents/prospectus/2',
      'text',
      '/subscriptions/autumn',
    ]);
    expect(JSON.stringify(parts)).not.toMatch(/http|シミュレーション/);
  });

  it('takes no link from what a person has typed', () => {
    const { body } = renderMail('en', {
      kind: 'identity-approved',
      name: 'http://localhost:3000/en/sign-out',
      path: '/eligibility',
    });
    const paths = noticeParts(body).filter((part) => 'path' in part);
    expect(paths).toEqual([{ path: '/eligibility' }]);
  });

  it('knows what its link leads to, and where it does not, says so', () => {
    expect(placeOf('/orders/00000000-0000-4000-8000-000000000001')).toBe('orders');
    expect(placeOf('/cash?x')).toBe('cash');
    expect(placeOf('/ordersx')).toBe('page');
  });
});
