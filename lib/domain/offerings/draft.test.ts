import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DraftClass, readDraft, type TypedDraft } from './draft';

const US: DraftClass = {
  currency: 'USD',
  unitDecimals: 3,
  quoteUnits: 1_000n,
  priceDecimals: 4,
  timeZone: 'America/New_York',
};
const JP: DraftClass = {
  currency: 'JPY',
  unitDecimals: 0,
  quoteUnits: 10_000n,
  priceDecimals: 0,
  timeZone: 'Asia/Tokyo',
};
const NOW = new Date('2026-11-18T03:00:00Z');

const GOOD: TypedDraft = {
  slug: 'winter-us',
  nameEn: 'Winter offering (US class)',
  nameJa: '冬の募集（米国クラス）',
  method: 'FIRST_COME',
  price: '10.25',
  sizeUnits: '1000',
  upsizeUnits: '',
  showDemand: '',
  lotUnits: '0.5',
  minUnits: '1',
  maxUnits: '100',
  opensAt: '2026-12-01T09:00',
  closesAt: '2026-12-15T16:00',
  revealBy: '',
};

const refusalsOf = (change: Partial<TypedDraft>, unitClass = US) => {
  const read = readDraft({ ...GOOD, ...change }, unitClass, NOW);
  return read.ok ? [] : read.refusals.map(({ field, code }) => [field, code]);
};

describe('readDraft', () => {
  test('reads figures as smallest parts of the class, and times as its market shows them', () => {
    expect(readDraft(GOOD, US, NOW)).toEqual({
      ok: true,
      terms: {
        slug: 'winter-us',
        nameEn: 'Winter offering (US class)',
        nameJa: '冬の募集（米国クラス）',
        method: 'FIRST_COME',
        price: 102_500n,
        sizeUnits: 1_000_000n,
        upsizeUnits: 0n,
        showDemand: false,
        lotUnits: 500n,
        minUnits: 1_000n,
        maxUnits: 100_000n,
        opensAt: new Date('2026-12-01T14:00:00Z'),
        closesAt: new Date('2026-12-15T21:00:00Z'),
        revealBy: null,
      },
    });
    const jp = readDraft({ ...GOOD, price: '１０２５０', lotUnits: '1' }, JP, NOW);
    expect(jp).toMatchObject({ ok: true, terms: { price: 10_250n, opensAt: new Date('2026-12-01T00:00:00Z') } });
  });

  test.each<[Partial<TypedDraft>, string, string]>([
    [{ slug: '' }, 'slug', 'form.required'],
    [{ slug: 'Winter US' }, 'slug', 'draft.slug'],
    [{ slug: '../admin' }, 'slug', 'draft.slug'],
    [{ nameEn: '冬の募集' }, 'nameEn', 'draft.latin'],
    [{ nameJa: 'Winter offering' }, 'nameJa', 'draft.japanese'],
    [{ nameEn: 'Winter\u202E offering' }, 'nameEn', 'text.unseen'],
    [{ nameEn: 'a'.repeat(81) }, 'nameEn', 'text.too-long'],
    [{ method: 'LOTTERY' }, 'method', 'form.invalid'],
    [{ price: '1,02' }, 'price', 'amount.not-a-number'],
    [{ price: '10.12345' }, 'price', 'amount.decimals'],
    [{ sizeUnits: '0' }, 'sizeUnits', 'amount.zero'],
    [{ sizeUnits: '1000.1' }, 'sizeUnits', 'draft.lots'],
    [{ upsizeUnits: '100' }, 'upsizeUnits', 'draft.window-only'],
    [{ showDemand: 'yes' }, 'showDemand', 'draft.window-only'],
    [{ upsizeUnits: '0.7', method: 'BALLOT' }, 'upsizeUnits', 'draft.lots'],
    [{ upsizeUnits: 'some', method: 'BALLOT' }, 'upsizeUnits', 'amount.not-a-number'],
    [{ minUnits: '0.7' }, 'minUnits', 'draft.lots'],
    [{ minUnits: '101' }, 'maxUnits', 'draft.maximum'],
    [{ minUnits: '2000', maxUnits: '2000' }, 'minUnits', 'draft.minimum'],
    [{ maxUnits: '1000000000', price: '100000' }, 'maxUnits', 'draft.too-much'],
    [{ opensAt: '2026-11-17T22:00' }, 'opensAt', 'draft.past'],
    [{ opensAt: '2026-03-08T02:30' }, 'opensAt', 'draft.time'],
    [{ closesAt: '2026-12-01T09:00' }, 'closesAt', 'draft.window'],
    [{ closesAt: '' }, 'closesAt', 'form.required'],
    [{ revealBy: '2026-12-16T16:00' }, 'revealBy', 'draft.window-only'],
    [{ revealBy: '2026-12-15T16:00', method: 'BALLOT' }, 'revealBy', 'draft.reveal'],
    [{ revealBy: 'soon', method: 'BALLOT' }, 'revealBy', 'draft.time'],
  ])('%j is refused beside its field', (change, field, code) => {
    expect(refusalsOf(change)).toEqual([[field, code]]);
  });

  test('a window may declare more beforehand, and show what is asked for', () => {
    const window = {
      ...GOOD,
      method: 'PRO_RATA',
      upsizeUnits: '250',
      showDemand: 'yes',
      revealBy: '2026-12-15T17:00',
    };
    expect(readDraft(window, US, NOW)).toMatchObject({
      ok: true,
      terms: { upsizeUnits: 250_000n, showDemand: true, revealBy: new Date('2026-12-15T22:00:00Z') },
    });
    expect(refusalsOf({ upsizeUnits: '0' })).toEqual([]);
  });

  test('says everything that is wrong at once', () => {
    expect(refusalsOf({ slug: '', price: 'x', closesAt: '' }).map(([field]) => field)).toEqual([
      'slug',
      'price',
      'closesAt',
    ]);
  });

  test('whatever is typed, what passes is an offering that the table takes', () => {
    const figure = fc.oneof(fc.constantFrom('1', '0.5', '100', '1000', '99999999'), fc.string({ maxLength: 8 }));
    const time = fc.constantFrom('2026-12-01T09:00', '2026-12-15T16:00', '2026-01-01T00:00', '');
    fc.assert(
      fc.property(
        fc.tuple(figure, figure, figure, figure, figure),
        fc.tuple(time, time),
        ([price, size, lot, min, max], [opens, closes]) => {
          const typed = {
            ...GOOD,
            price,
            sizeUnits: size,
            lotUnits: lot,
            minUnits: min,
            maxUnits: max,
            opensAt: opens,
            closesAt: closes,
          };
          const read = readDraft(typed, US, NOW);
          if (!read.ok) return;
          const { terms } = read;
          expect(terms.opensAt < terms.closesAt && terms.opensAt > NOW).toBe(true);
          expect(
            terms.price > 0n && terms.lotUnits > 0n && terms.minUnits > 0n && terms.minUnits <= terms.maxUnits,
          ).toBe(true);
          expect(
            terms.maxUnits * terms.price <= 90_000_000_000_000_000n && terms.sizeUnits % terms.lotUnits === 0n,
          ).toBe(true);
        },
      ),
    );
  });
});
