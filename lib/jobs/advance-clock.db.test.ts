/** The clock goes from event to event, and everything that is due at one happens before the next (DOMAIN §12). */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { alone, batch, read } from '@/db/client';
import { claimClockRun, stepClock } from '@/db/commands/clock';
import { placeDealingOrder } from '@/db/commands/dealing-orders';
import { claimDealing, listUnfinishedDealing, startDueDealing } from '@/db/commands/dealing-runs';
import { driverError } from '@/db/errors';
import { appNow, getClock, getClockRun, listUpcomingEvents } from '@/db/queries/clock';
import { verifyInvariants } from '@/db/queries/verify';
import { SEEDED_AT } from '@/db/test-database';
import { testDatabase } from '@/db/test-hooks';
import { addStaff } from '@/db/test-scene';
import type { ClockEvent } from '@/lib/domain/clock/events';
import { eventsOf } from '@/lib/domain/clock/events';
import { REVIEW_MINUTES } from '@/lib/domain/people/identity';
import { setEnv } from '@/lib/env';
import { advanceValuations } from '@/lib/services/advance-valuations';
import { freezeClock, resumeClock, runClock } from '@/lib/services/move-clock';
import { PERSONAS } from '@/scripts/lib/personas.mjs';
import { root } from '@/scripts/lib/state.mjs';
import { advanceClock, advanceClockIfAlone } from './advance-clock';
import { runDue } from './run-due';

const database = testDatabase('seeded');

/** The days that a run passes through, and what their order was: what each journal of dealing and each valuation says of its time. */
const history = async () =>
  (
    await database.owner<{ line: string }[]>`
    select line from (
      select struck_at as at, 1 as n, 'struck ' || nav_date as line from valuations where struck_at > ${SEEDED_AT}
      union all
      select started_at, 2, 'dealt ' || class_id || ' ' || dealing_date from dealing_runs
      union all
      select settled_at, 0, 'settled ' || class_id || ' ' || dealing_date || ' ' || buys from dealing_chunks where settled_at is not null
    ) h order by at, n, line`
  ).map(({ line }) => line);

async function orderOnEachSide() {
  const { owner } = database;
  await owner`update unit_classes set dealing_from = '2026-11-18'`;
  for (const [classId, who] of [
    [1, PERSONAS.american],
    [2, PERSONAS.japanese],
  ] as const) {
    const investorId = BigInt(who.id);
    await owner`insert into consents (investor_id, document_version_id, act, locale, sha256)
      select ${investorId}, t.document_version_id, a, t.locale, t.sha256
        from document_texts t join document_versions d on d.id = t.document_version_id cross join unnest(array['OPENED', 'AGREED']) a
       where d.kind = 'PROSPECTUS' and t.locale = 'en' on conflict do nothing`;
    const [day] = await owner<{ day: string }[]>`
      select dealing_date::text as day from dealing_session(${classId}::smallint, app_now())`;
    const order = { investorId, classId, dealingDate: day?.day ?? '', locale: 'en', consent: false } as const;
    for (const asked of [
      { kind: 'BUY_AMOUNT', asked: 5_000n } as const,
      { kind: 'SELL_UNITS', asked: 1_000n } as const,
    ])
      expect(await placeDealingOrder(owner, { ...order, ...asked, key: randomUUID() })).toMatchObject({ ok: true });
  }
}

describe('over several days at once', () => {
  beforeAll(orderOnEachSide);

  it('names what comes next', async () => {
    const upcoming = await read((db) => listUpcomingEvents(db, 4));
    expect(upcoming.map(({ at, kind, nameEn }) => `${at.toISOString().slice(0, 16)} ${kind} ${nameEn}`)).toEqual([
      '2026-11-18T06:00 CUT_OFF Japan class',
      '2026-11-18T21:00 CUT_OFF US class',
      '2026-11-18T23:00 NAV US–Japan Joint Sovereign Wealth Fund',
      '2026-11-19T01:00 MID_RATE null',
    ]);
  });

  it('each day is struck, dealt and settled in its turn, at its own time', async () => {
    const stops: [string, ClockEvent[]][] = [];
    expect(await runClock(null, { to: new Date('2026-11-25T03:00:00Z') })).toMatchObject({ ok: true });
    const last = await advanceClock(({ at, kinds }) => stops.push([at.toISOString(), kinds]));
    expect(last).toMatchObject({ finished: true });
    expect(await getClock()).toEqual({ mode: 'STEPPED', now: new Date('2026-11-25T03:00:00Z') });
    expect(await history()).toEqual([
      'struck 2026-11-18',
      'dealt 1 2026-11-18',
      'dealt 2 2026-11-18',
      'settled 1 2026-11-18 false',
      'settled 1 2026-11-18 true',
      'settled 2 2026-11-18 false',
      'settled 2 2026-11-18 true',
      'struck 2026-11-19',
      'dealt 1 2026-11-19',
      'dealt 2 2026-11-19',
      'struck 2026-11-20',
      'dealt 1 2026-11-20',
      'dealt 2 2026-11-20',
      'struck 2026-11-24',
      'dealt 1 2026-11-24',
      'dealt 2 2026-11-24',
    ]);
    // Every event once, in order, and at each everything has its time.
    expect(stops.map(([at]) => at)).toEqual([...stops.map(([at]) => at)].sort());
    expect(stops.filter(([, kinds]) => kinds.includes('NAV')).map(([at]) => at.slice(0, 10))).toEqual([
      '2026-11-18',
      '2026-11-19',
      '2026-11-20',
      '2026-11-24',
    ]);
    const [late] = await database.owner<{ n: number }[]>`
      select count(*)::int as n from valuations where struck_at > ${SEEDED_AT} and struck_at <> nav_struck_at(fund_id, nav_date)`;
    expect(late?.n).toBe(0);
  });

  it('leaves nothing due behind, and every invariant standing', async () => {
    expect(await runDue()).toMatchObject({ valuations: 0, dealing: 0, offerings: 0, reviews: 0 });
    const findings = await database.owner.begin((tx) => verifyInvariants(tx));
    expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
  });
});

describe('a step', () => {
  it.each([
    ['cut-off', '2026-11-25T06:00:00Z'],
    ['nav', '2026-11-25T23:00:00Z'],
  ] as const)('goes to the next %s', async (target, at) => {
    expect(await runClock(null, { kinds: eventsOf(target) })).toEqual({ ok: true, value: { to: new Date(at) } });
    await advanceClock();
    expect(await appNow()).toEqual(new Date(at));
  });

  it('goes to the settlement that orders wait for, whose day is not dealt yet', async () => {
    await orderOnEachSide();
    const moved = await runClock(null, { kinds: eventsOf('settlement') });
    // Placed after the cut-off in Tokyo and in New York, before Thanksgiving: dealt on Friday, and settled in New York on Monday.
    expect(moved).toEqual({ ok: true, value: { to: new Date('2026-11-30T05:00:00Z') } });
    await advanceClock();
    const [row] = await database.owner<{ states: string }[]>`
      select string_agg(distinct state::text, ',') as states from dealing_orders where class_id = 1`;
    expect(row?.states).toBe('SETTLED');
  });

  it('goes to the record date of both classes, which is moved to the next dealing day', async () => {
    // The 20th of December is a Sunday.
    expect(await runClock(null, { kinds: eventsOf('record-date') })).toEqual({
      ok: true,
      value: { to: new Date('2026-12-21T06:00:00Z') },
    });
    expect(await advanceClock()).toMatchObject({ finished: true });
    const moved = await runClock(null, { kinds: eventsOf('record-date') });
    expect(moved).toEqual({ ok: true, value: { to: new Date('2026-12-21T21:00:00Z') } });
    expect(await advanceClock()).toMatchObject({ finished: true });
  }, 120_000);

  it('goes to the close of an offering, and closes it', async () => {
    const open = async () =>
      (await database.owner<{ n: number }[]>`select count(*)::int as n from offerings where state = 'CLOSED'`)[0]?.n ??
      0;
    const before = await open();
    expect(await runClock(null, { kinds: eventsOf('close') })).toMatchObject({ ok: true });
    await advanceClock();
    expect(await open()).toBeGreaterThan(before);
  }, 120_000);

  it('is refused where no such event is announced, back, past the calendar, and while the clock is on its way', async () => {
    await database.owner`delete from class_record_days`;
    expect(await runClock(null, { kinds: eventsOf('record-date') })).toMatchObject({
      error: { code: 'clock.no-such-event' },
    });
    expect(await runClock(null, { to: SEEDED_AT })).toMatchObject({
      error: { code: 'clock.backwards', field: 'date' },
    });
    expect(await runClock(null, { to: await appNow() })).toMatchObject({ error: { code: 'clock.backwards' } });
    expect(await runClock(null, { to: new Date('2300-01-01') })).toMatchObject({ error: { code: 'clock.too-far' } });
    expect(await runClock(null, { to: new Date('nonsense') })).toMatchObject({ error: { code: 'clock.invalid' } });
    expect(await runClock(null, { kinds: eventsOf('event') })).toMatchObject({ ok: true });
    expect(await runClock(null, { kinds: eventsOf('event') })).toMatchObject({ error: { code: 'clock.running' } });
    expect(await resumeClock(null)).toMatchObject({ error: { code: 'clock.running' } });
    await advanceClock();
  });

  it('is refused where nothing is simulated', async () => {
    setEnv({ SIMULATION: 'off' });
    const refused = { error: { code: 'clock.simulation-off' } };
    expect(await runClock(null, { kinds: eventsOf('event') })).toMatchObject(refused);
    expect(await freezeClock(null)).toMatchObject(refused);
    expect(await resumeClock(null)).toMatchObject(refused);
    setEnv({ SIMULATION: undefined });
  });
});

/** So many days later, and what happens until then is many events away. */
const later = async (days: number) => new Date((await appNow()).getTime() + days * 86_400_000);

describe('a run', () => {
  afterEach(() => freezeClock(null));

  it('ends where it is stopped', async () => {
    await runClock(null, { to: await later(30) });
    let stopped: Date | undefined;
    const last = await advanceClock(async ({ events }) => {
      if (events !== 2 || stopped) return;
      const frozen = await freezeClock(null);
      stopped = frozen.ok ? frozen.value.at : undefined;
    });
    expect(last).toBeNull();
    expect(await getClock()).toEqual({ mode: 'FROZEN', now: stopped });
    expect((await read(getClockRun))?.finishedAt).toBeInstanceOf(Date);
    expect(await advanceClock()).toBeNull();
  });

  it('is carried on by one mover; the one before it moves nothing any more', async () => {
    await runClock(null, { to: await later(1) });
    const first = await batch((_, sql) => claimClockRun(sql));
    const second = await batch((_, sql) => claimClockRun(sql));
    const before = await appNow();
    expect(first && (await batch((_, sql) => stepClock(sql, first)))).toBeNull();
    expect(await appNow()).toEqual(before);
    expect(second && (await batch((_, sql) => stepClock(sql, second)))).toMatchObject({ events: 1 });
    // Whoever holds the lock is left to it by a worker.
    await alone('clock', async () => expect(await advanceClockIfAlone()).toBeNull());
    const both = await Promise.all([advanceClock(), advanceClock()]);
    expect(both.filter((step) => step?.finished)).toHaveLength(1);
  });

  it('stops between two events for a worker that ends, and is still under way', async () => {
    await runClock(null, { to: await later(3) });
    expect(await advanceClock(undefined, () => true)).toMatchObject({ events: 1, finished: false });
    expect((await read(getClockRun))?.finishedAt).toBeNull();
    expect(await advanceClock()).toMatchObject({ finished: true });
  });

  it('goes on where a mover was killed, with what was left at that instant', async () => {
    await orderOnEachSide();
    const to = await later(6);
    await runClock(null, { to });
    // Killed after the clock moved, while the day was being dealt: it still has the leases of both classes' runs.
    const mover = await batch((_, sql) => claimClockRun(sql));
    for (let kinds: ClockEvent[] = []; mover && !kinds.includes('NAV'); ) {
      kinds = (await batch((_, sql) => stepClock(sql, mover)))?.kinds ?? ['NAV'];
    }
    await advanceValuations();
    expect(await batch((_, sql) => startDueDealing(sql))).toBe(2);
    for (const day of await batch((_, sql) => listUnfinishedDealing(sql)))
      expect(await batch((_, sql) => claimDealing(sql, day, 3_600))).not.toBeNull();
    expect(await advanceClock()).toMatchObject({ finished: true });
    const [left] = await database.owner<{ n: number }[]>`
      select count(*)::int as n from valuations where struck_at > ${SEEDED_AT} and struck_at <> nav_struck_at(fund_id, nav_date)`;
    expect(left?.n).toBe(0);
    const [waiting] = await database.owner<{ n: number }[]>`
      select count(*)::int as n from dealing_orders where state = 'ACCEPTED'`;
    expect(waiting?.n).toBe(0);
    // Each day was dealt before the next was struck.
    const [turns] = await database.owner<{ n: number }[]>`
      select count(*)::int as n from dealing_runs where started_at <> nav_struck_at(1::smallint, dealing_date) or step = 'PRICE'`;
    expect(turns?.n).toBe(0);
  });
});

describe('left to itself', () => {
  it('runs on from where it stands when that is ahead of real time, and never back', async () => {
    const now = await appNow();
    expect(now.getTime()).toBeGreaterThan(Date.now());
    expect(await resumeClock(null)).toMatchObject({ ok: true, value: { mode: 'SHIFTED' } });
    const { mode, now: on } = await getClock();
    expect(mode).toBe('SHIFTED');
    expect(on >= now && on.getTime() - now.getTime() < 60_000).toBe(true);
    expect(await freezeClock(null)).toMatchObject({ ok: true });
  });

  it('catches up with real time first when it is behind, and then is real', async () => {
    await database.owner`select set_clock('FROZEN', statement_timestamp() - interval '3 days', null)`;
    expect(await resumeClock(null)).toMatchObject({ ok: true, value: { mode: 'STEPPED' } });
    expect(await advanceClock()).toMatchObject({ finished: true });
    expect((await getClock()).mode).toBe('REAL');
    expect(Math.abs((await appNow()).getTime() - Date.now())).toBeLessThan(60_000);
  });
});

describe('an operator', () => {
  it('moves it with a line of the log; nobody else of the staff does', async () => {
    const operator = await addStaff(database.owner);
    expect(await freezeClock(operator)).toMatchObject({ ok: true });
    expect(await runClock(operator, { kinds: eventsOf('event') })).toMatchObject({ ok: true });
    await advanceClock();
    const log = await database.owner<{ kind: string; actor: bigint }[]>`
      select kind, actor from operator_log where subject like 'clock:%' order by sequence`;
    expect(log.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['CLOCK_FROZEN', operator.userId],
      ['CLOCK_STARTED', operator.userId],
    ]);
    for (const role of ['MANAGER', 'AUDITOR', 'SUPPORT'] as const) {
      const other = await addStaff(database.owner, { role });
      expect(await freezeClock(other), role).toMatchObject({ error: { code: 'clock.not-allowed' } });
      expect(await runClock(other, { kinds: eventsOf('event') })).toMatchObject({
        error: { code: 'clock.not-allowed' },
      });
    }
    expect((await read(getClockRun))?.finishedAt).toBeInstanceOf(Date);
  });

  it('and the site’s role set it by these functions alone', async () => {
    for (const statement of [
      `select set_clock('REAL', null, null)`,
      `update clock set mode = 'REAL'`,
      `insert into clock_runs (from_at, to_at, stands_at) values (now(), now(), now())`,
      `update clock_runs set fence = 0`,
    ])
      expect(await read((_, sql) => sql.unsafe(statement)).catch(driverError), statement).toMatchObject({
        code: '42501',
      });
  });
});

it('expects a review when the domain does', async () => {
  const [row] = await database.owner<{ minutes: number }[]>`
    select (extract(epoch from review_time()) / 60)::int as minutes`;
  expect(row?.minutes).toBe(REVIEW_MINUTES);
});

describe('npm run clock', () => {
  const clock = (words: string[], more: Record<string, string> = {}) =>
    new Promise<{ code: number | null; out: string; error: string }>((resolve) => {
      const env = {
        ...process.env,
        DATABASE_URL: database.ownerUrl,
        APP_DATABASE_URL: database.appUrl,
        AUTH_SECRET: database.authSecret,
        ...more,
      };
      const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/clock.ts', ...words], { cwd: root, env });
      const said = { out: '', error: '' };
      child.stdout.on('data', (chunk) => (said.out += chunk));
      child.stderr.on('data', (chunk) => (said.error += chunk));
      child.once('close', (code) => resolve({ code, ...said }));
    });

  it('moves it, with a line that says how far it is', async () => {
    const frozen = await freezeClock(null);
    const before = frozen.ok ? frozen.value.at : new Date(Number.NaN);
    const { code, out, error } = await clock(['step', '2d']);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    const at = new Date(before.getTime() + 2 * 86_400_000);
    expect(out).toMatch(/^\[#{20}\] 100 % {2}\S+Z {2}\d+ events$/m);
    expect(out.trimEnd().split('\n').at(-1)).toBe(`${at.toISOString()} (stepped)`);
    expect(await appNow()).toEqual(at);
  });

  it('says in one sentence what stands against it', async () => {
    expect(await clock(['next', 'record-date'])).toEqual({
      code: 1,
      out: '',
      error: 'No such event is announced for the next year.\n',
    });
    expect(await clock(['freeze'], { SIMULATION: 'off' })).toEqual({
      code: 1,
      out: '',
      error: 'The clock is not available when SIMULATION=off.\n',
    });
    expect((await clock(['back', '3d'])).error).toMatch(/^Usage: /);
  });
});
