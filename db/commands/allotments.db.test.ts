/** The set-based allotment against lib/domain/allotment, over random windows (A1–A5): who gets what, the draw, the figures, the hashes. */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { allot } from '@/lib/domain/allotment/allot';
import { listSha256 } from '@/lib/domain/allotment/applicant-list';
import { applicantsOf, pseudonym } from '@/lib/domain/allotment/applicants';
import { BEACONS } from '@/lib/domain/allotment/beacon';
import { figuresOf, previewOf } from '@/lib/domain/allotment/figures';
import { ALLOTMENT_METHODS } from '@/lib/domain/allotment/model';
import { seedOf } from '@/lib/domain/allotment/seed';
import { settle } from '@/lib/domain/allotment/settlement';
import { amountForUnits } from '@/lib/domain/orders/pricing';
import type { TransactionSql } from '../connect';
import { testDatabase } from '../test-hooks';
import { addOffering, QUOTATION, setFund } from '../test-scene';
import { plainArray } from './literals';

const database = testDatabase();
const SALT = new Uint8Array(32).map((_, n) => n * 7 + 1);
const CLOSES = new Date('2026-06-01T06:00:00Z');
const REVEAL_BY = new Date('2026-06-02T06:00:00.250Z');

beforeAll(async () => {
  await setFund(database.owner);
});

const window = fc
  .record({
    method: fc.constantFrom(...ALLOTMENT_METHODS),
    country: fc.constantFrom('US' as const, 'JP' as const),
    price: fc.bigInt({ min: 9_000n, max: 120_000n }),
    lot: fc.constantFrom(1n, 10n, 1_000n),
    lots: fc.nat({ max: 120 }),
    rest: fc.nat({ max: 9 }),
    upsize: fc.nat({ max: 30 }),
    maxLots: fc.integer({ min: 3, max: 60 }),
    revealed: fc.constantFrom('both', 'us', 'none', 'uncommitted'),
    people: fc.array(
      fc.record({
        asked: fc.array(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 50 })), {
          minLength: 1,
          maxLength: 3,
        }),
        held: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 70 }) }),
        withdrawn: fc.nat({ max: 9 }).map((n) => n === 0),
      }),
      { maxLength: 60 },
    ),
  })
  .map(({ rest, ...w }) => ({ ...w, size: BigInt(w.lots) * w.lot + (w.lot > BigInt(rest) ? BigInt(rest) : 0n) || 1n }));
type Window = typeof window extends fc.Arbitrary<infer T> ? T : never;

/** Subscriptions and holdings as they would stand; the books are the business of the tests of the whole run. */
async function subscriptionsOf(sql: TransactionSql, offeringId: number, w: Window) {
  const rows = w.people.flatMap(({ asked, withdrawn }, n) =>
    asked.map((lots) => {
      const units = BigInt(lots) * w.lot;
      return {
        investor: 1_000n + BigInt(n),
        units,
        reserved: amountForUnits(units, w.price, QUOTATION[w.country]),
        withdrawn,
      };
    }),
  );
  const state = ({ withdrawn }: { withdrawn: boolean }) => (withdrawn ? 'WITHDRAWN' : 'ACTIVE');
  await sql`
    insert into subscriptions (investor_id, key, units, reserved_minor, price, placed_at, changed_at, offering_id, terms_version, state, locale, class_id)
    select i, gen_random_uuid(), u, r, ${w.price}, app_now(), app_now(), ${offeringId}, 1, s, 'en', (select class_id from offerings where id = ${offeringId})
      from unnest(${plainArray(rows.map((r) => r.investor))}::text::bigint[], ${plainArray(rows.map((r) => r.units))}::text::bigint[],
                  ${plainArray(rows.map((r) => r.reserved))}::text::bigint[],
                  ${plainArray(rows.map(state))}::text::subscription_state[]) as t (i, u, r, s)`;
  await sql`
    insert into holdings (investor_id, class_id, units, issued_units, version, cost_minor)
    select i, (select class_id from offerings where id = ${offeringId}), h, h, 1, 0
      from unnest(${plainArray(w.people.map((_, n) => 1_000 + n))}::text::bigint[],
                  ${plainArray(w.people.map(({ held }) => BigInt(held) * w.lot))}::text::bigint[]) as t (i, h)`;
  const reserved = new Map<string, bigint>();
  const active = rows.filter(({ withdrawn }) => !withdrawn);
  const asked = active.map(({ investor, units, reserved: minor }) => {
    const id = pseudonym(SALT, investor);
    reserved.set(id, (reserved.get(id) ?? 0n) + minor);
    return { id, units };
  });
  return { asked, reserved };
}

const json = (value: unknown) =>
  JSON.parse(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? String(v) : v))) as unknown;

async function compare(sql: TransactionSql, w: Window) {
  const slug = `window-${Math.random()}`;
  const offeringId = await addOffering(sql, {
    country: w.country,
    method: w.method,
    state: 'CLOSED',
    price: w.price,
    sizeUnits: w.size,
    lotUnits: w.lot,
    minUnits: w.lot,
    maxUnits: BigInt(w.maxLots) * w.lot,
    closesAt: CLOSES,
  });
  await sql`update offerings set slug = ${slug}, upsize_units = ${BigInt(w.upsize) * w.lot}, reveal_deadline = ${REVEAL_BY} where id = ${offeringId}`;
  const { asked, reserved } = await subscriptionsOf(sql, offeringId, w);
  const secrets = { US: 'ab'.repeat(32), JP: '0c'.repeat(32) };
  const parts = (['JP', 'US'] as const).map((side) => ({
    side,
    commitment: w.revealed === 'uncommitted' ? null : side === 'US' ? 'd1'.repeat(32) : 'e2'.repeat(32),
    secret: w.revealed === 'both' || (w.revealed === 'us' && side === 'US') ? secrets[side] : null,
  }));
  for (const { side, commitment, secret } of parts) {
    if (commitment === null) continue;
    await sql`insert into draw_commitments (offering_id, side, commitment_sha256, secret, revealed_at)
      values (${offeringId}, ${side}, ${commitment}, ${secret}, ${secret === null ? null : CLOSES})`;
  }

  await sql`select set_clock('FROZEN', ${CLOSES}, null), list_applicants(${offeringId}, ${Buffer.from(SALT)})`;
  const sale = { method: w.method, lotUnits: w.lot, offeredUnits: w.size, upsizeUnits: BigInt(w.upsize) * w.lot };
  const held = new Map(
    w.people.map(({ held: lots }, n) => [pseudonym(SALT, 1_000n + BigInt(n)), BigInt(lots) * w.lot]),
  );
  const applicants = applicantsOf(asked, { lotUnits: w.lot, maxUnits: BigInt(w.maxLots) * w.lot, heldUnits: held });
  const [draw] = await sql<{ list: string; pulse: Date; applicants: number; units: bigint }[]>`
    select list_sha256 as list, pulse_at as pulse, applicants, applied_units as units from draws where offering_id = ${offeringId}`;
  const list = listSha256({ ...sale, offering: slug, revealBy: REVEAL_BY, beacon: 'wakachi-simulated' }, applicants);
  expect(draw).toMatchObject({ list, applicants: applicants.length });

  const beacon = BEACONS['wakachi-simulated'];
  const at = beacon.pulseAfter(REVEAL_BY);
  expect(draw?.pulse).toEqual(at);
  const [early] = await sql`select start_allotment(${offeringId}, null) as code`;
  expect(early?.code).toBe('allotment.before-pulse');
  await sql`select set_clock('FROZEN', ${at}, null)`;
  const [preview] = await sql`select preview_allotment(${offeringId}) as figures`;
  expect(preview?.figures).toEqual(json(previewOf(sale, applicants)));

  await sql`select start_allotment(${offeringId}, null), write_allotments(${offeringId})`;
  const [run] = await sql`select seed, figures from allotment_runs where offering_id = ${offeringId}`;
  const pulse = { source: 'wakachi-simulated' as const, at, value: beacon.valueAt?.(at) ?? '' };
  expect(run?.seed).toBe(seedOf({ offering: slug, listSha256: list, parts, pulse }));
  const outcome = allot(sale, applicants, run?.seed);
  expect(run?.figures).toEqual(json(figuresOf(sale, applicants, outcome)));
  const got = await sql`
    select encode(p.pseudonym, 'hex') as id, p.units as asked, a.units, a.extra_lots as extra, a.cost_minor as "costMinor", a.refund_minor as "refundMinor"
      from allotments a join applicants p on p.offering_id = a.offering_id and p.investor_id = a.investor_id
     where a.offering_id = ${offeringId} order by p.pseudonym`;
  expect([...got]).toEqual(
    applicants.map(({ id, units }, n) => ({
      id,
      asked: units,
      units: outcome.units[n],
      extra: outcome.extra[n],
      ...settle(reserved.get(id) ?? 0n, outcome.units[n] ?? 0n, w.price, QUOTATION[w.country]),
    })),
  );
}

test('SQL allots as the domain does, by every method', async () => {
  const undo = new Error('undo');
  await fc.assert(
    fc.asyncProperty(window, async (w) => {
      await database.owner
        .begin(async (sql) => {
          await compare(sql, w);
          throw undo;
        })
        .catch((error) => {
          if (error !== undo) throw error;
        });
    }),
    { numRuns: 100, endOnFailure: true },
  );
}, 180_000);
