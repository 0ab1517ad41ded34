import { describe, expect, it } from 'vitest';
import { addressFields } from './identity-form';

const HOME = { postal: '150-0001', region: '東京都', city: '渋谷区', street: '神宮前１－２－３' };

/** What is said about the building, or how it is kept. */
const building = (typed: string) => {
  const parsed = addressFields.JP.safeParse({ ...HOME, building: typed });
  return parsed.success
    ? { kept: parsed.data.building }
    : parsed.error.issues.map(({ path, message }) => [path.join('.'), message]);
};

describe('the line of an address that may be empty', () => {
  it.each(['', '  ', '　'])('is kept as none: %j', (typed) => expect(building(typed)).toEqual({ kept: null }));

  it('is kept in half width like the other lines', () =>
    expect(building('メゾン神宮前２０３')).toEqual({ kept: 'メゾン神宮前203' }));

  it.each([
    ['123456789018', 'text.my-number'],
    ['123-45-6789', 'text.ssn'],
    ['a\u200Bb', 'text.unseen'],
    ['あ'.repeat(121), 'text.too-long'],
  ])('says what is wrong with it: %j', (typed, code) => expect(building(typed)).toEqual([['building', code]]));
});
