/** What of the prices everybody sees: what is published by now, and of each day the revision in force. */
import { expect, test } from 'vitest';
import { read } from '../client';
import { testDatabase } from '../test-hooks';
import { listNavPrices } from './fund';

const database = testDatabase('seeded');
const US = 1;
const newest = async () => (await read((db) => listNavPrices(db, US, '2026-11-16'))).at(-1);
const insert = (day: string, revision: number, price: bigint, published: string) => database.owner`
  insert into nav_prices (class_id, nav_date, revision, price, net_assets_minor, published_at)
  values (${US}, ${day}::text::date, ${revision}, ${price}, 1, ${published}::text::timestamptz)`;

test('a price that is not published yet is nowhere, whatever stands in the table', async () => {
  const before = await newest();
  await insert('2026-11-18', 1, 123_456n, '2027-01-01T00:00:00Z');
  expect(await newest()).toEqual(before);
});

test('a corrected day has the price in force, and says which one stood before', async () => {
  const before = await newest();
  if (!before) throw new Error('There is no price.');
  expect(before.priceBefore).toBeNull();
  // A correction that is still to be published changes nothing yet.
  await insert(before.date, 2, before.price + 7n, '2027-01-01T00:00:00Z');
  expect(await newest()).toEqual(before);
  await insert(before.date, 3, before.price + 9n, '2026-11-17T23:30:00Z');
  expect(await newest()).toMatchObject({ date: before.date, price: before.price + 9n, priceBefore: before.price + 7n });
});
