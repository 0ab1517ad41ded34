import { expect, it } from 'vitest';
import { Batch } from './batch';

function open(options = { lanes: 1, most: 3, maxWaiting: 5 }) {
  const calls: { keys: string[]; end(): void; fail(error: Error): void }[] = [];
  const batch = new Batch<string, string>(
    (keys) =>
      new Promise((resolve, reject) =>
        calls.push({
          keys,
          end: () => resolve(new Map(keys.filter((key) => key !== 'none').map((key) => [key, key.toUpperCase()]))),
          fail: reject,
        }),
      ),
    options,
  );
  return { calls, batch };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('asks the first at once, and together what arrives meanwhile', async () => {
  const { calls, batch } = open();
  const answers = ['a', 'b', 'none', 'd', 'e'].map((key) => batch.ask(key));
  expect(calls.map(({ keys }) => keys)).toEqual([['a']]);
  calls[0]?.end();
  await turn();
  expect(calls[1]?.keys).toEqual(['b', 'none', 'd']);
  calls[1]?.end();
  await turn();
  calls[2]?.end();
  expect(await Promise.all(answers)).toEqual(['A', 'B', undefined, 'D', 'E']);
});

it('gives two who ask the same while it waits one answer, and asks anew for who comes after', async () => {
  const { calls, batch } = open();
  void batch.ask('x');
  const answers = [batch.ask('a'), batch.ask('a')];
  calls[0]?.end();
  await turn();
  expect(calls[1]?.keys).toEqual(['a']);
  const late = batch.ask('a');
  calls[1]?.end();
  await turn();
  expect(calls[2]?.keys).toEqual(['a']);
  calls[2]?.end();
  expect(await Promise.all([...answers, late])).toEqual(['A', 'A', 'A']);
});

it('tells each of a call that failed, goes on, and refuses what is too much', async () => {
  const { calls, batch } = open();
  const first = batch.ask('a');
  const others = Array.from({ length: 5 }, (_, n) => batch.ask(`b${n}`));
  await expect(batch.ask('c')).rejects.toThrow('Too many');
  calls[0]?.fail(new Error('away'));
  await expect(first).rejects.toThrow('away');
  calls[1]?.end();
  await turn();
  calls[2]?.end();
  expect(await Promise.all(others)).toEqual(['B0', 'B1', 'B2', 'B3', 'B4']);
});
