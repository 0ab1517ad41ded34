import { expect, test } from 'vitest';
import { inOrderOfForm } from './form-order';

const order = (refused: string[], sent: string[]) =>
  inOrderOfForm(
    refused.map((field) => ({ code: 'form.required', field })),
    sent,
  ).map(({ field }) => field);

test('refusals stand in the order of the fields on the page', () => {
  const sent = ['givenName', 'familyName', 'birthMonth', 'birthDay', 'birthYear'];
  expect(order(['familyName', 'givenName', 'birthYear', 'birthMonth', 'birthDay'], sent)).toEqual(sent);
});

test('a choice that was not made keeps its place among them', () => {
  expect(order(['residence', 'usPerson', 'name', 'city'], ['city', 'residence', 'name'])).toEqual([
    'city',
    'usPerson',
    'residence',
    'name',
  ]);
  expect(order(['risk', 'purpose'], [])).toEqual(['risk', 'purpose']);
});
