/** The exact bytes of the draw are the same in Postgres as in lib/domain/allotment: what the batch computes, anyone recomputes. */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { listSha256, outcomeSha256 } from '../lib/domain/allotment/applicant-list';
import { pseudonym } from '../lib/domain/allotment/applicants';
import { BEACONS } from '../lib/domain/allotment/beacon';
import { drawAmong, orderKey } from '../lib/domain/allotment/draw';
import { bandEnd } from '../lib/domain/allotment/figures';
import { commitmentOf, seedOf } from '../lib/domain/allotment/seed';
import { testDatabase } from './test-hooks';

const database = testDatabase('migrated');

const OFFERING = 'autumn-japan';
const SALT = new Uint8Array(32).map((_, n) => n * 5);
const applicants = Array.from({ length: 300 }, (_, n) => ({
  id: pseudonym(SALT, BigInt(n) - 2n),
  units: BigInt(n % 7) * 1_000n,
}));
const SEED = 'c3'.repeat(32);
const revealBy = new Date('2026-11-20T06:30:00.250Z');

beforeAll(async () => {
  await database.owner`create table list (person bigint, id bytea, units bigint)`;
  await database.owner`
    insert into list
    select n - 2, substr(sha256(${Buffer.from(SALT)}::bytea || int8send(n - 2)), 1, 16), n % 7 * 1000
      from generate_series(0::bigint, 299) n`;
});

test('pseudonyms', async () => {
  const rows = await database.owner<{ id: string }[]>`select encode(id, 'hex') as id from list order by person`;
  expect(rows.map(({ id }) => id)).toEqual(applicants.map(({ id }) => id));
});

test('the order of tickets, and who wins', async () => {
  const rows = await database.owner<{ id: string; ticket: number }[]>`
    select encode(id, 'hex') as id, ticket
      from list cross join generate_series(0, 300, 60) ticket
     order by sha256(decode(${SEED}, 'hex') || id || int4send(ticket)), id, ticket`;
  const tickets = applicants.flatMap((_, owner) => [0, 60, 120, 180, 240, 300].map((ticket) => ({ owner, ticket })));
  const keys = tickets.map(({ owner, ticket }) => orderKey(SEED, applicants[owner]?.id ?? '', ticket));
  expect(rows.map(({ id, ticket }) => orderKey(SEED, id, ticket))).toEqual(keys.sort());

  const owners = Uint32Array.from(tickets, ({ owner }) => owner);
  const numbers = Uint32Array.from(tickets, ({ ticket }) => ticket);
  const won = [...drawAmong(applicants, SEED)(owners, 500, numbers)].map((n) => tickets[n]);
  const first = rows.slice(0, 500).map(({ id, ticket }) => `${id} ${ticket}`);
  expect(won.map((t) => `${applicants[t?.owner ?? -1]?.id} ${t?.ticket}`).sort()).toEqual(first.sort());
});

test('the hash of the list, with instants of milliseconds, and of the outcome', async () => {
  const [row] = await database.owner<{ list: string; outcome: string }[]>`
    select encode(sha256(convert_to(
             E'wakachi applicant list 1\noffering ' || ${OFFERING}::text || E'\nmethod BALLOT\nlot 1000\noffered 5000\nupsize 0\nreveal by '
             || to_char(${revealBy.toISOString()}::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
             || E'\nbeacon wakachi-simulated '
             || to_char(date_bin('1 minute', ${revealBy.toISOString()}::timestamptz - interval '1 microsecond', '2000-01-01Z') at time zone 'UTC'
                        + interval '2 minutes', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
             || E'\napplicants ' || count(*) || E'\n'
             || string_agg(encode(id, 'hex') || ' ' || units || E'\n', '' order by id), 'UTF8')), 'hex') as list,
           encode(sha256(convert_to(
             E'wakachi allotment 1\n'
             || string_agg(encode(id, 'hex') || ' ' || units || ' ' || units / 2 || E'\n', '' order by id), 'UTF8')), 'hex') as outcome
      from list`;
  const terms = { method: 'BALLOT', lotUnits: 1_000n, offeredUnits: 5_000n, upsizeUnits: 0n } as const;
  expect(row).toEqual({
    list: listSha256({ ...terms, offering: OFFERING, revealBy, beacon: 'wakachi-simulated' }, applicants),
    outcome: outcomeSha256(
      applicants,
      applicants.map(({ units }) => units / 2n),
    ),
  });
});

test('the pulse that follows a deadline comes a full minute after it, or more', async () => {
  const { pulseAfter } = BEACONS['wakachi-simulated'];
  const deadlines = ['00:00.000', '00:00.001', '00:59.999', '01:00.000'].map(
    (time) => new Date(`2026-11-20T06:${time}Z`),
  );
  expect(deadlines.map((at) => pulseAfter(at).toISOString().slice(14, 19))).toEqual([
    '01:00',
    '02:00',
    '02:00',
    '02:00',
  ]);
  for (const at of deadlines) {
    const [row] = await database.owner<{ pulse: string }[]>`
      select to_char(date_bin('1 minute', ${at.toISOString()}::timestamptz - interval '1 microsecond', '2000-01-01Z') at time zone 'UTC'
                     + interval '2 minutes', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as pulse`;
    expect(row?.pulse).toBe(pulseAfter(at).toISOString());
  }
});

test('commitments, the simulated beacon, and the seed', async () => {
  const secret = '0f'.repeat(32);
  const at = BEACONS['wakachi-simulated'].pulseAfter(revealBy);
  const value = BEACONS['wakachi-simulated'].valueAt?.(at) ?? '';
  const commitment = commitmentOf(OFFERING, 'US', secret);
  const parts = [
    { side: 'US', commitment, secret },
    { side: 'JP', commitment: SEED, secret: null },
  ] as const;
  const hex = (text: string) =>
    database.owner<{ hex: string }[]>`select encode(sha256(convert_to(${text}, 'UTF8')), 'hex') as hex`;
  expect((await hex(`wakachi draw commitment 1\noffering ${OFFERING}\nUS ${secret}\n`))[0]?.hex).toBe(commitment);
  expect((await hex(`wakachi simulated beacon 1\n2026-11-20T06:32:00.000Z\n`))[0]?.hex).toBe(value);
  const text = `wakachi draw seed 1\noffering ${OFFERING}\nlist ${SEED}\nJP ${SEED} -\nUS ${commitment} ${secret}\nbeacon wakachi-simulated 2026-11-20T06:32:00.000Z ${value}\n`;
  const inputs = {
    offering: OFFERING,
    listSha256: SEED,
    parts,
    pulse: { source: 'wakachi-simulated', at, value },
  } as const;
  expect((await hex(text))[0]?.hex).toBe(seedOf(inputs));
  expect(seedOf({ ...inputs, parts: [...parts].reverse() })).toBe(seedOf(inputs));
});

test('bands of sizes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 20_000 }), async (lots) => {
      const [row] = await database.owner<{ end: bigint }[]>`
        select (array[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000])[
          width_bucket(${lots}::int, array[1, 2, 3, 6, 11, 21, 51, 101, 201, 501, 1001, 2001, 5001, 10001])]::bigint as end`;
      expect(row?.end).toBe(bandEnd(BigInt(lots)));
    }),
    { numRuns: 50 },
  );
});
