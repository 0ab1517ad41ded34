import { describe, expect, it } from 'vitest';
import { QUESTIONS } from '@/lib/domain/people/suitability';
import { SWITCH_RELEASES } from '@/lib/domain/states';
import en from '@/messages/en/suitability.json';
import ja from '@/messages/ja/suitability.json';
import { DEALING_MAILS } from './dealing-mail';
import { type MailContents, renderMail } from './templates';

const OUTCOME = {
  offering: { en: 'Autumn window', ja: '秋の期間募集' },
  currency: 'JPY',
  unitDecimals: 0,
  askedUnits: 30_000n,
  units: 10_000n,
  costMinor: 10_123n,
  refundMinor: 20_246n,
  path: '/subscriptions/autumn',
} as const;

const DEALT = {
  order: {
    number: 7n,
    kind: 'SELL_UNITS',
    asked: 30_000n,
    unitClass: {
      currency: 'JPY',
      unitDecimals: 0,
      quoteUnits: 10_000n,
      priceDecimals: 0,
      name: { en: 'Japan class', ja: '日本クラス' },
    },
  },
  day: '2026-11-19',
  nextDay: '2026-11-20',
  moneyDay: '2026-11-24',
  until: new Date('2026-11-19T06:00:00Z'),
  price: 11_648n,
  units: 10_000n,
  amountMinor: 11_648n,
  releaseMinor: 0n,
  levyMinor: 0n,
  deferredUnits: 20_000n,
  path: '/orders/00000000-0000-4000-8000-000000000001',
} as const;

const SWITCHED = {
  number: 7n,
  from: { name: { en: 'US class', ja: '米国クラス' }, currency: 'USD' },
  into: { name: { en: 'Japan class', ja: '日本クラス' }, currency: 'JPY' },
  day: '2026-11-18',
  amountMinor: 10_001n,
  path: DEALT.path,
} as const;
const CARRIED = {
  ...{ number: 8n, amountMinor: 14_976n, dealingDate: '2026-11-20' },
  cutOffAt: new Date('2026-11-20T06:00:00Z'),
};

const MAILS: MailContents[] = [
  { kind: 'allotment', ...OUTCOME },
  { kind: 'offering-cancelled', ...OUTCOME },
  { kind: 'purchase-refunded', ...OUTCOME },
  {
    kind: 'document-changed',
    offering: OUTCOME.offering,
    title: '交付目論見書',
    version: 2,
    until: new Date('2026-11-20T15:00:00Z'),
    document: '/documents/prospectus/2',
    path: '/subscriptions/autumn',
  },
  ...DEALING_MAILS.map((kind) => ({ kind, ...DEALT })),
  ...DEALING_MAILS.map((kind) => ({
    ...{ kind, ...DEALT },
    order: { ...DEALT.order, kind: 'SWITCH' as const, into: SWITCHED.from.name },
  })),
  { kind: 'switch-carried', ...SWITCHED, rateE4: 1_497_500n, outcome: CARRIED },
  { kind: 'switch-carried', ...SWITCHED, rateE4: null, outcome: CARRIED },
  ...SWITCH_RELEASES.map(
    (reason) => ({ kind: 'switch-released', ...SWITCHED, rateE4: null, outcome: { reason } }) as const,
  ),
  {
    kind: 'day-redealt',
    className: { en: 'Japan class', ja: '日本クラス' },
    ...{ dealingDate: '2026-11-20', currency: 'JPY', unitDecimals: 0, priceDecimals: 0 },
    ...{ priceBefore: 10_100n, price: 10_250n, buys: true, unitsBefore: 9_900n, units: 9_756n },
    ...{ minorBefore: 9_999n, minor: 10_000n, borneMinor: 1n, borneUnits: 144n, path: '/activity' },
  },
  ...(['ORDER', 'MONEY', 'PLAN'] as const).map(
    (about): MailContents => ({
      kind: 'days-moved',
      className: { en: 'Japan class', ja: '日本クラス' },
      ...{ about, buys: about === 'ORDER', fromDay: '2026-11-24', toDay: '2026-11-25', moneyFrom: '2026-11-26' },
      ...{ moneyTo: '2026-11-27', cutOffAt: new Date('2026-11-25T06:00:00Z'), country: 'JP', holiday: '2026-11-24' },
      ...{ change: about === 'MONEY' ? 'REMOVE' : 'ADD', holidayName: { en: 'Day of Mourning', ja: '国葬の日' } },
      ...{ reason: { en: 'Decided by the Cabinet.', ja: '閣議決定による。' }, path: '/activity' },
    }),
  ),
  { kind: 'verify', path: '/verify-email?token=x' },
  { kind: 'known', path: '/sign-in' },
  { kind: 'reset', path: '/reset-password?token=x' },
  { kind: 'password-changed', path: '/recover' },
  { kind: 'identity-approved', name: '髙橋 花子', path: '/eligibility' },
  { kind: 'identity-rejected', name: '髙橋 花子', path: '/eligibility' },
  { kind: 'appeal-received', name: '髙橋 花子', path: '/eligibility' },
  { kind: 'identity-in-review', name: '髙橋 花子', due: new Date('2026-11-22T03:30:00Z'), path: '/eligibility' },
];

describe('mails', () => {
  it.each(MAILS.map((mail) => [mail.kind, mail] as const))(
    '%s: in both languages, with its link, and nothing left open',
    (_, mail) => {
      for (const locale of ['en', 'ja'] as const) {
        const { subject, body } = renderMail(locale, mail);
        expect(body).toContain(`http://localhost:3000/${locale}${mail.path}`);
        expect(`${subject}${body}`).not.toMatch(/[{}]|undefined|Invalid Date/);
        expect(subject).not.toMatch(/[\r\n]/);
        if ('name' in mail) expect(body).toContain('髙橋 花子');
      }
      const words = renderMail('ja', mail).subject.replace('Wakachi', '');
      expect(words).not.toMatch(/[A-Za-z]/);
    },
  );

  it('write the time of their language', () => {
    const mail = MAILS.at(-1) as MailContents;
    expect(renderMail('ja', mail).body).toContain('2026年11月22日 12:30（日本時間）');
    expect(renderMail('en', mail).body).toContain('Nov 21, 2026, 10:30 p.m. ET');
  });

  it('say what was asked, got, paid and given back', () => {
    const { body } = renderMail('ja', { kind: 'allotment', ...OUTCOME });
    for (const text of ['「秋の期間募集」', '30,000口', '10,000口', '10,123円', '20,246円'])
      expect(body).toContain(text);
  });

  it('say of a new version where it is, and until when a subscription can be withdrawn', () => {
    const { body } = renderMail('ja', MAILS.find(({ kind }) => kind === 'document-changed') as MailContents);
    for (const text of ['「秋の期間募集」', '第2版', '2026年11月21日 00:00（日本時間）', '/ja/documents/prospectus/2'])
      expect(body).toContain(text);
  });

  it('show markup in a name as what it is', () => {
    const { body } = renderMail('en', {
      kind: 'identity-approved',
      name: '<script>alert(1)</script> {link}',
      path: '/eligibility',
    });
    expect(body).toContain('<script>alert(1)</script> {link}');
  });
});

describe('the texts of suitability', () => {
  it.each([
    ['en', en],
    ['ja', ja],
  ])('%s: every question and choice has one, and no other', (_, texts) => {
    const shape = Object.fromEntries(
      Object.entries(texts.questions).map(([id, { choices }]) => [id, Object.keys(choices)]),
    );
    expect(shape).toEqual(Object.fromEntries(QUESTIONS.map(({ id, choices }) => [id, Object.keys(choices)])));
  });
});
