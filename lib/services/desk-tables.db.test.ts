/** The tables of the desk: what each role sees, that they sort and page, and that a file holds every row once. */
import { beforeAll, describe, expect, test } from 'vitest';
import { withStaff } from '@/db/client';
import { connect } from '@/db/connect';
import { listAllOrdersAfter } from '@/db/queries/desk/orders';
import type { Place } from '@/db/queries/desk/table';
import { testDatabase } from '@/db/test-hooks';
import { addStaff } from '@/db/test-scene';
import { PAGE_SIZE, readTable } from '@/lib/domain/desk/table';
import type { Role } from '@/lib/domain/states';
import { PERSONAS } from '@/scripts/lib/personas.mjs';
import { viewDashboard } from './view-dashboard';
import { viewInvestor } from './view-investor';
import { exportInvestors, investorTable, viewInvestors } from './view-investors';
import { exportOrders, ORDER_TABLE, viewOrders } from './view-orders';

const database = testDatabase('seeded');
const EMILY = PERSONAS.american;
const MISAKI = PERSONAS.japanese;

const sessionOf = async (role: Exclude<Role, 'CITIZEN'>) => ({
  role,
  side: role === 'OPERATOR' ? ('US' as const) : null,
  sessionId: (await addStaff(database.owner, { role })).sessionId,
});
let operator: Awaited<ReturnType<typeof sessionOf>>;
let support: Awaited<ReturnType<typeof sessionOf>>;
let investors = 0;

beforeAll(async () => {
  operator = await sessionOf('OPERATOR');
  support = await sessionOf('SUPPORT');
  const [row] = await database.owner<[{ n: number }]>`select count(*)::int as n from investors`;
  investors = row.n;
});

type Given = Record<string, string>;
const askInvestors = (session: typeof operator, given: Given) =>
  viewInvestors(session, readTable(investorTable(session), given));
const askOrders = (session: typeof operator, given: Given) => viewOrders(session, readTable(ORDER_TABLE, given));

describe('investors', () => {
  test('are paged: together the pages hold everybody once', async () => {
    const first = await askInvestors(operator, { sort: 'email', dir: 'asc' });
    expect(first).toMatchObject({ count: investors, more: false });
    const seen: bigint[] = [];
    for (let page = 1; page <= Math.ceil(investors / PAGE_SIZE); page += 1) {
      const { rows } = await askInvestors(operator, { sort: 'email', dir: 'asc', page: String(page) });
      seen.push(...rows.map(({ investorId }) => investorId));
    }
    expect(new Set(seen).size).toBe(investors);
    expect(seen).toHaveLength(investors);
  });

  test.each([
    ['emily.carter', EMILY.id],
    ['CARTER@EXAMPLE.COM', EMILY.id],
    ['Emily Carter', EMILY.id],
    ['髙橋 美咲', MISAKI.id],
    ['タカハシ', MISAKI.id],
    [String(MISAKI.id), MISAKI.id],
  ])('%s finds account %i', async (q, id) => {
    const { rows } = await askInvestors(operator, { q });
    expect(rows.map(({ investorId }) => investorId)).toContain(BigInt(id));
  });

  test.each(['%', '_', '\\', "' or true --"])('%s is a text, not a pattern', async (q) => {
    expect((await askInvestors(operator, { q })).rows).toEqual([]);
  });

  test('are narrowed by status, identity and country together', async () => {
    const { rows } = await askInvestors(operator, { status: 'PENDING', identity: 'IN_REVIEW', country: 'US' });
    expect(rows.map(({ investorId }) => investorId)).toEqual([BigInt(PERSONAS.underReview.id)]);
  });

  test('the support desk sees a mask, and finds only what it was told whole', async () => {
    expect((await askInvestors(support, { q: 'emily' })).rows).toEqual([]);
    for (const q of [EMILY.email, 'Emily Carter', 'carter emily', String(EMILY.id)]) {
      const { rows } = await askInvestors(support, { q });
      expect(rows, q).toHaveLength(1);
      expect(rows[0], q).toMatchObject({ email: 'e•••@example.com', name: 'E••• C•••' });
    }
    // An order by name would tell what the mask hides.
    expect(readTable(investorTable(support), { sort: 'name' }).sort).toBe('joined');
  });

  test('one account: everything for an operator, the coarse part for the support desk', async () => {
    const full = await viewInvestor(operator, BigInt(MISAKI.id));
    expect(full?.facts).toMatchObject({
      email: MISAKI.email,
      name: '髙橋 美咲',
      birthDate: '1985-09-02',
      street: '神宮前六丁目12-8',
    });
    expect(full?.movements.length).toBeGreaterThan(0);
    const masked = await viewInvestor(support, BigInt(MISAKI.id));
    expect(masked?.facts).toMatchObject({
      birthDate: '1985',
      postalCode: '150•••',
      city: null,
      street: null,
      building: null,
    });
    const text = JSON.stringify(masked, (_, value) => (typeof value === 'bigint' ? String(value) : value));
    for (const secret of [MISAKI.email, '髙橋', '美咲', 'タカハシ', '神宮前', '1985-09'])
      expect(text).not.toContain(secret);
    expect(await viewInvestor(operator, 999_999_999n)).toBeNull();
    // Staff are nobody's investors.
    expect(await viewInvestor(operator, BigInt(PERSONAS.usOperator.id))).toBeNull();
  });
});

describe('orders', () => {
  test('sort by each column in both directions', async () => {
    for (const [sort, value] of [
      ['amount', (row: { amountMinor: bigint }) => row.amountMinor],
      ['units', (row: { units: bigint }) => row.units],
      ['placed', (row: { placedAt: Date }) => BigInt(row.placedAt.getTime())],
      ['number', (row: { number: bigint }) => row.number],
    ] as const) {
      for (const dir of ['asc', 'desc']) {
        const { rows } = await askOrders(operator, { sort, dir });
        expect(rows.length).toBeGreaterThan(1);
        const values = rows.map(value);
        const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        expect(values, `${sort} ${dir}`).toEqual(dir === 'asc' ? sorted : sorted.reverse());
      }
    }
  });

  test('are found by number, address and offering', async () => {
    const [some] = (await askOrders(operator, {})).rows;
    expect(some).toBeDefined();
    const { rows } = await askOrders(operator, { q: String(some?.number) });
    expect(rows.map(({ number }) => number)).toEqual([some?.number]);
    const of = await askOrders(operator, { q: EMILY.email });
    expect(new Set(of.rows.map(({ investorId }) => investorId))).toEqual(new Set([BigInt(EMILY.id)]));
    expect((await askOrders(support, { q: 'emily' })).rows).toEqual([]);
  });
});

describe('files', () => {
  test('hold what the table holds, in its order, every row once', async () => {
    const query = readTable(ORDER_TABLE, { sort: 'amount', dir: 'desc', class: 'US' });
    const all: bigint[] = [];
    for await (const batch of exportOrders(operator, query)) all.push(...batch.map(({ number }) => number));
    const { rows, count } = await viewOrders(operator, query);
    expect(all).toHaveLength(count);
    expect(new Set(all).size).toBe(count);
    expect(all.slice(0, PAGE_SIZE)).toEqual(rows.map(({ number }) => number));
  });

  test.each(['placed', 'amount', 'state'] as const)(
    'continue after a row’s own place, however many stand equal with it: %s',
    async (sort) => {
      for (const dir of ['asc', 'desc']) {
        const query = readTable(ORDER_TABLE, { sort, dir });
        const whole = await withStaff(operator.sessionId, (db) => listAllOrdersAfter(db, query, 'parts', null, 10_000));
        const pieces: bigint[] = [];
        let after: Place | null = null;
        do {
          const from: Place | null = after;
          const { rows, next }: Awaited<ReturnType<typeof listAllOrdersAfter>> = await withStaff(
            operator.sessionId,
            (db) => listAllOrdersAfter(db, query, 'parts', from, 7),
          );
          pieces.push(...rows.map(({ number }) => number));
          after = next;
        } while (after !== null);
        expect(pieces).toEqual(whole.rows.map(({ number }) => number));
      }
    },
  );

  test('break off when the session ends, instead of seeming whole', async () => {
    const leaving = await sessionOf('AUDITOR');
    await database.owner`update sessions set ended_at = statement_timestamp() where id = ${leaving.sessionId}`;
    const reading = exportInvestors(leaving, readTable(investorTable(leaving), {}));
    await expect(reading.next()).rejects.toThrow('The session ended');
  });
});

test('a table shows nothing to a session that is not of staff', async () => {
  const gone = { role: 'OPERATOR' as const, side: 'US' as const, sessionId: '00000000-0000-4000-8000-000000000000' };
  expect(await askInvestors(gone, {})).toEqual({ rows: [], count: 0, more: false });
  expect((await viewDashboard(gone)).waiting).toMatchObject({ reviews: 0, withdrawals: 0 });
});

test('the dashboard counts, and sees books that do not balance', async () => {
  const view = await viewDashboard(operator);
  expect(view.waiting.reviews).toBe(1);
  // The one proposal of the demonstration that the US side has not signed.
  expect(view.waiting.signatures).toBe(1);
  expect(view.underWay.map(({ slug }) => slug).sort()).toEqual([
    'anniversary-jp',
    'anniversary-us',
    'general-jp',
    'general-us',
    'window2-jp',
    'window2-us',
  ]);
  expect(view.balances.every(({ heldUnits, controlUnits }) => heldUnits + controlUnits === 0n)).toBe(true);
  expect(view.balances.find(({ code }) => code === 'JPY')?.heldUnits).toBeGreaterThan(0n);
  // What only a superuser can do: change a balance behind the ledger's back.
  const superuser = connect(database.superUrl, { max: 1, name: 'test-breaks' });
  await superuser.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update wallets set available = available + 1 where investor_id = ${EMILY.id} and asset_id = 1`;
  });
  await superuser.end({ timeout: 5 });
  const broken = (await viewDashboard(operator)).balances.filter(
    ({ heldUnits, controlUnits }) => heldUnits + controlUnits !== 0n,
  );
  expect(broken.map(({ code }) => code)).toEqual(['USD']);
});
