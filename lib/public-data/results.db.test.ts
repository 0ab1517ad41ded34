/** What the batch in SQL publishes is what the rules give: anyone's check of the file says that it matches. */
import { beforeAll, expect, test } from 'vitest';
import { read } from '@/db/client';
import { depositCash } from '@/db/commands/cash';
import { getOutcomeSha256, getResult, listResultRows } from '@/db/queries/results';
import { testDatabase } from '@/db/test-hooks';
import { addInvestors, addOffering, setFund } from '@/db/test-scene';
import { closeWindow, commitSide, finishAllotment, startAllotment, stopClock, subscribe } from '@/db/test-window';
import { checkDraw, DRAW_CHECKS } from '@/lib/domain/allotment/check-draw';
import { ALLOTMENT_METHODS } from '@/lib/domain/allotment/model';
import { parseResultFile, resultFileText } from '@/lib/domain/allotment/result-file';
import { resultHead } from './result-head';

const database = testDatabase();
const OPENS = new Date('2026-05-01T00:00:00Z');
const CLOSES = new Date('2026-05-02T00:00:00Z');
let people: bigint[];

beforeAll(async () => {
  await setFund(database.owner);
  people = await addInvestors(database.owner, 12);
  for (const investorId of people) {
    const cash = { investorId, currency: 'USD', amountMinor: 10_000_000n } as const;
    await depositCash(database.owner, { ...cash, key: crypto.randomUUID() });
  }
});

const resultOf = async (slug: string) =>
  (await read((db) => getResult(db, slug))) ?? expect.fail('There is no result.');

/** As the site's route puts it together. */
async function fileOf(slug: string): Promise<string> {
  const result = await resultOf(slug);
  const outcome = await read((db) => getOutcomeSha256(db, result.offeringId));
  const head = resultHead(result, outcome ?? '') ?? expect.fail('The result has no head.');
  const halves = [await rowsOf(result.offeringId, 0, 127), await rowsOf(result.offeringId, 128, 255)];
  return resultFileText({ ...head, applicants: halves.flat() });
}
const rowsOf = (offeringId: number, from: number, to: number) => read((db) => listResultRows(db, offeringId, from, to));

test.each(ALLOTMENT_METHODS)('%s: published step by step, and the file matches', async (method) => {
  const { owner } = database;
  await stopClock(owner, OPENS);
  const id = await addOffering(owner, {
    ...{ method, sizeUnits: 3_000n, lotUnits: 100n, opensAt: OPENS, closesAt: CLOSES },
  });
  const [{ slug = '' } = {}] = await owner<{ slug: string }[]>`select slug from offerings where id = ${id}`;
  for (const [n, person] of people.entries()) await subscribe(owner, person, id, BigInt(1 + (n % 7)) * 100n);
  const us = await commitSide(owner, id, 'US');
  await commitSide(owner, id, 'JP');
  expect(await resultOf(slug)).toMatchObject({
    commitments: [
      { side: 'US', commitment: us.commitment, secret: null },
      { side: 'JP', secret: null },
    ],
    list: null,
    outcome: null,
  });

  await closeWindow(owner, id);
  expect(await us.reveal()).toBeNull();
  const listed = await resultOf(slug);
  expect(listed).toMatchObject({ list: { applicants: 12 }, outcome: null });
  expect(listed.commitments[0]).toMatchObject({ secret: us.secret });
  // Nobody reads who asked for what before it is decided.
  expect(await rowsOf(id, 0, 255)).toEqual([]);
  expect(await read((db) => getOutcomeSha256(db, id))).toBeNull();

  await startAllotment(owner, id);
  await finishAllotment(owner, id);
  const parsed = parseResultFile(await fileOf(slug));
  if (!parsed.ok) expect.fail(`The file is wrong at ${parsed.at}.`);
  expect(parsed.file.applicants).toHaveLength(12);
  expect(parsed.file.draw.listSha256).toBe(listed.list?.sha256);
  const checks = [...checkDraw(parsed.file)];
  expect(checks.filter(({ difference }) => difference)).toEqual([]);
  expect(checks).toHaveLength(DRAW_CHECKS.length);
});

test('an offering that nobody may see yet has no result', async () => {
  await addOffering(database.owner, { method: 'BALLOT', state: 'DRAFT' });
  const [{ slug = '' } = {}] = await database.owner<
    { slug: string }[]
  >`select slug from offerings where state = 'DRAFT'`;
  expect(await read((db) => getResult(db, slug))).toBeNull();
});
