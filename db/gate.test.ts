import { expect, test } from 'vitest';
import { DatabaseBusyError } from './errors';
import { Gate } from './gate';

function pending() {
  let finish: () => void = () => {};
  const promise = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return { promise, finish };
}

test('no more calls are inside than there are places, and the others follow in order', async () => {
  const gate = new Gate(2, 10, 1_000);
  const works = [pending(), pending(), pending(), pending()];
  const begun: number[] = [];
  const calls = works.map((work, i) =>
    gate.through(() => {
      begun.push(i);
      return work.promise;
    }),
  );
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  works[1]?.finish();
  await calls[1];
  await expect.poll(() => begun).toEqual([0, 1, 2]);
  for (const work of works) work.finish();
  await Promise.all(calls);
  expect(begun).toEqual([0, 1, 2, 3]);
});

test('a full line refuses at once, and a line that does not move refuses in time; both leave the gate usable', async () => {
  const gate = new Gate(1, 1, 20);
  const work = pending();
  const inside = gate.through(() => work.promise);
  const waiting = gate.through(async () => 'entered');
  await expect(gate.through(async () => 'entered')).rejects.toBeInstanceOf(DatabaseBusyError);
  await expect(waiting).rejects.toBeInstanceOf(DatabaseBusyError);
  work.finish();
  await inside;
  expect(await gate.through(async () => 'entered')).toBe('entered');
});

test('work that fails gives its place back', async () => {
  const gate = new Gate(1, 0, 20);
  await expect(gate.through(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await gate.through(async () => 1)).toBe(1);
});
