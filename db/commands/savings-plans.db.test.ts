/** Random histories of monthly plans, run through the database and through the domain: every answer, turn, balance and state agree. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dealingTimes } from '@/lib/domain/calendar/dealing-times';
import { marketHolidays } from '@/lib/domain/calendar/holidays';
import { addMonths, type IsoMonth } from '@/lib/domain/calendar/month';
import {
  lapseOf,
  nextTurn,
  type PlanProgress,
  planDate,
  planTurn,
  refuseChange,
  refuseResume,
  refuseStart,
  refuseStop,
  resumePlan,
  takeTurn,
} from '@/lib/domain/dealing/plan';
import { type Country, LOCALES, PLAN_LAPSES, type PlanLapse } from '@/lib/domain/states';
import { connect, type Sql } from '../connect';
import { verifyInvariants } from '../queries/verify';
import { testDatabase } from '../test-hooks';
import { addInvestors, CLASSES, fund, setFund } from '../test-scene';
import { stopClock } from '../test-window';
import { actOnPlan, listDuePlans, type PlanAnswer, startPlan, type TurnMail, takePlanTurns } from './savings-plans';

const database = testDatabase();
let site: Sql;

const HOURS = {
  US: { country: 'US', timeZone: 'America/New_York', cutOff: '16:00', settlementDays: 2 },
  JP: { country: 'JP', timeZone: 'Asia/Tokyo', cutOff: '15:00', settlementDays: 2 },
} as const;
const PEOPLE = [
  { country: 'US', opened: true, agreed: true },
  { country: 'JP', opened: true, agreed: true },
  { country: 'JP', opened: true, agreed: false },
  { country: 'JP', opened: false, agreed: false },
] as const;
const MINIMUM = 1_000n;

/** A mail for each outcome, as the job renders them. */
const MAILS: TurnMail[] = LOCALES.flatMap((locale) => [
  { locale, reason: null, lapses: 0, kind: 'plan-ordered', subject: 'Ordered', body: 'Ordered' },
  ...PLAN_LAPSES.flatMap((reason) =>
    [1, 2, 3].map((lapses) => ({ locale, reason, lapses, kind: 'plan-lapsed', subject: reason, body: `${lapses}` })),
  ),
]);

beforeAll(async () => {
  const { owner } = database;
  await setFund(owner);
  await owner`update unit_classes set dealing_from = '2026-01-01'`;
  for (const country of ['US', 'JP'] as const)
    for (const year of [2026, 2027, 2028, 2029])
      for (const { day } of marketHolidays(country, year))
        await owner`insert into market_holidays (country, day) values (${country}, ${day})`;
  site = connect(database.appUrl, { max: 10, name: 'test-plans' });
});
afterAll(() => site.end({ timeout: 5 }));

/** Everything that is due, in chunks as small as they come. */
async function takeAll(people = 2): Promise<number> {
  let turns = 0;
  for (;;) {
    const due = await listDuePlans(site);
    if (due.length === 0) return turns;
    for (const one of due) {
      for (let finished = false; !finished; ) {
        const chunk = await takePlanTurns(site, one, people, MAILS);
        turns += chunk.turns;
        finished = chunk.finished;
      }
    }
  }
}

/** What an earlier history left is over. */
async function endAll(): Promise<void> {
  const standing = await database.owner<{ investorId: bigint; plan: string }[]>`
    select investor_id as "investorId", key::text as plan from savings_plans where state <> 'ENDED'`;
  for (const one of standing)
    expect(
      await actOnPlan(site, { ...one, key: randomUUID(), act: 'ENDED', locale: 'en', consent: false }),
    ).toMatchObject({ state: 'ENDED' });
}

const who = fc.nat({ max: PEOPLE.length - 1 });
const key = fc.nat({ max: 30 });
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ type: fc.constant('start' as const), who, key },
      amount: fc.oneof({ weight: 4, arbitrary: fc.bigInt(1_000n, 9_000n) }, fc.bigInt(-1n, 1_000n)),
      day: fc.integer({ min: 1, max: 32 }),
      consent: fc.nat({ max: 3 }).map((n) => n > 0),
      elsewhere: fc.nat({ max: 9 }).map((n) => n === 0),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ type: fc.constant('act' as const), who, key },
      act: fc.constantFrom(
        'CHANGED' as const,
        'CHANGED' as const,
        'PAUSED' as const,
        'RESUMED' as const,
        'RESUMED' as const,
        'ENDED' as const,
      ),
      amount: fc.bigInt(999n, 9_000n),
      day: fc.integer({ min: 0, max: 31 }),
      consent: fc.nat({ max: 9 }).map((n) => n === 0),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('pay' as const), who, amount: fc.bigInt(1n, 9_000n) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('freeze' as const), who, frozen: fc.boolean() }) },
  { weight: 8, arbitrary: fc.record({ type: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 900 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

type Plan = PlanProgress & {
  key: string;
  amountMinor: bigint;
  day: number;
  next: IsoMonth | null;
  last: IsoMonth | null;
};
type Turn = {
  month: string;
  planned: string;
  dealing: string;
  lapse: PlanLapse | null;
  lapses: number;
  amount: bigint;
};
type Wanted = { ok: boolean; code?: string; replayed?: boolean; state?: string; nextMonth?: string | null };

/** The database and the domain side by side. */
class Pair {
  now = new Date('2026-03-02T00:00:00Z');
  private readonly cash: bigint[] = PEOPLE.map(() => 0n);
  private readonly frozen = PEOPLE.map(() => false);
  private readonly agreed: boolean[] = PEOPLE.map(({ agreed }) => agreed);
  private readonly plans: Plan[][] = PEOPLE.map(() => []);
  readonly turns: Turn[][] = PEOPLE.map(() => []);
  private readonly keys = new Map<string, { uuid: string; body: string | null; plan: Plan | null }>();

  private constructor(readonly people: readonly bigint[]) {}

  static async make(): Promise<Pair> {
    const people: bigint[] = [];
    for (const one of PEOPLE) people.push(...(await addInvestors(database.owner, 1, one)));
    const pair = new Pair(people);
    await stopClock(database.owner, pair.now);
    return pair;
  }

  private person(n: number) {
    return {
      status: this.frozen[n] ? ('FROZEN' as const) : ('ELIGIBLE' as const),
      country: PEOPLE[n]?.country ?? null,
      suitabilityExpiresAt: null,
      availableMinor: this.cash[n] ?? 0n,
      openedProspectus: PEOPLE[n]?.opened ?? false,
      agreed: this.agreed[n] ?? false,
    };
  }

  private country = (n: number): Country => PEOPLE[n]?.country ?? 'US';
  private facts = (n: number, country = this.country(n), consent = false) => ({
    person: { ...this.person(n), agreed: this.agreed[n] || consent },
    unitClass: { country, dealing: true, planMinimumMinor: MINIMUM },
    now: this.now,
  });

  async apply(one: Step): Promise<[PlanAnswer, Wanted] | null> {
    switch (one.type) {
      case 'wait':
        this.now = new Date(this.now.getTime() + one.hours * 3_600_000);
        await stopClock(database.owner, this.now);
        expect(await takeAll()).toBe(this.takeTurns());
        return null;
      case 'pay': {
        const id = this.people[one.who] ?? 0n;
        if (!this.frozen[one.who]) {
          await fund(database.owner, [id], this.country(one.who) === 'US' ? 'USD' : 'JPY', one.amount);
          this.cash[one.who] = (this.cash[one.who] ?? 0n) + one.amount;
        }
        return null;
      }
      case 'freeze':
        this.frozen[one.who] = one.frozen;
        await database.owner`update investors set status = ${one.frozen ? 'FROZEN' : 'ELIGIBLE'} where investor_id = ${this.people[one.who] ?? 0n}`;
        return null;
      case 'start':
        return this.start(one);
      case 'act':
        return this.act(one);
    }
  }

  private async start(one: Extract<Step, { type: 'start' }>): Promise<[PlanAnswer, Wanted]> {
    const { who: n, amount, day, consent } = one;
    const country = one.elsewhere ? (this.country(n) === 'US' ? 'JP' : 'US') : this.country(n);
    const used = this.used(n, one.key);
    const call = { key: used.uuid, classId: CLASSES[country], amountMinor: amount, dayOfMonth: day, consent };
    const answer = await startPlan(site, { ...call, investorId: this.people[n] ?? 0n, locale: 'ja' });
    return [
      answer,
      this.once(used, `start ${country} ${amount} ${day}`, () => {
        const standing = this.plans[n]?.some(({ state }) => state !== 'ENDED') === true && country === this.country(n);
        const code = refuseStart(this.facts(n, country, consent), standing, { amountMinor: amount, dayOfMonth: day });
        if (code) return code;
        this.agreed[n] = true;
        const next = nextTurn(day, null, this.now, HOURS[country]).month;
        const plan: Plan = {
          ...{ key: used.uuid, amountMinor: amount, day, next, last: null },
          ...{ state: 'ACTIVE', lapsesInARow: 0 },
        };
        this.plans[n]?.push(plan);
        return plan;
      }),
    ];
  }

  private async act(one: Extract<Step, { type: 'act' }>): Promise<[PlanAnswer, Wanted] | null> {
    const { who: n, amount, day, act, consent } = one;
    const plan = this.plans[n]?.at(-1);
    if (!plan) return null;
    const used = this.used(n, one.key);
    const call = { investorId: this.people[n] ?? 0n, key: used.uuid, plan: plan.key, locale: 'en', consent } as const;
    const answer = await actOnPlan(
      site,
      act === 'CHANGED' ? { ...call, act, amountMinor: amount, dayOfMonth: day } : { ...call, act },
    );
    const terms = { amountMinor: amount, dayOfMonth: day };
    return [
      answer,
      this.once(used, `${act} ${plan.key} ${act === 'CHANGED' ? `${amount} ${day}` : ''}`, () => {
        const code =
          act === 'CHANGED'
            ? refuseChange(this.facts(n), plan, terms)
            : act === 'RESUMED'
              ? refuseResume(this.facts(n), plan)
              : refuseStop(plan, act);
        if (code) return code;
        if (consent && PEOPLE[n]?.opened && (act === 'CHANGED' || act === 'RESUMED')) this.agreed[n] = true;
        if (act === 'CHANGED') Object.assign(plan, { amountMinor: amount, day });
        else if (act === 'RESUMED') Object.assign(plan, resumePlan(plan));
        else plan.state = act;
        plan.next =
          plan.state === 'ACTIVE' ? nextTurn(plan.day, plan.last, this.now, HOURS[this.country(n)]).month : null;
        return plan;
      }),
    ];
  }

  private used(n: number, number: number) {
    const name = `${n} ${number}`;
    const known = this.keys.get(name) ?? { uuid: randomUUID(), body: null, plan: null };
    this.keys.set(name, known);
    return known;
  }

  /** A key that did something answers how that plan stands now, or refuses another body; a refusal leaves the key unused. */
  private once(used: { body: string | null; plan: Plan | null }, body: string, decide: () => string | Plan): Wanted {
    if (used.body !== null && used.body !== body) return { ok: false, code: 'order.key-reused' };
    const replayed = used.body !== null;
    const done = used.plan ?? decide();
    if (typeof done === 'string') return { ok: false, code: done };
    Object.assign(used, { body, plan: done });
    return { ok: true, replayed, state: done.state, nextMonth: done.next && `${done.next}-01` };
  }

  /** What is due by now, a month after the other; answers how many turns. */
  private takeTurns(): number {
    let count = 0;
    for (const n of PEOPLE.keys()) {
      const hours = HOURS[this.country(n)];
      for (const plan of this.plans[n] ?? []) {
        while (plan.next && planTurn(plan.day, plan.next, hours).at <= this.now) {
          const lapse = lapseOf(this.person(n), hours, plan.amountMinor, this.now);
          const done = takeTurn(plan, lapse);
          expect(done).not.toBeNull();
          if (done?.order === 'ACCEPTED') this.cash[n] = (this.cash[n] ?? 0n) - plan.amountMinor;
          Object.assign(plan, done?.plan);
          this.turns[n]?.push({
            ...{ month: `${plan.next}-01`, planned: planDate(plan.day, plan.next), lapse, lapses: plan.lapsesInARow },
            ...{ dealing: dealingTimes(this.now, hours).dealingDate, amount: plan.amountMinor },
          });
          plan.last = plan.next;
          plan.next = plan.state === 'ACTIVE' ? addMonths(plan.next, 1) : null;
          count += 1;
        }
      }
    }
    return count;
  }

  available = (n: number): bigint => this.cash[n] ?? 0n;
}

test('the database takes turns, lapses and pauses as the domain does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 60 }), async (steps) => {
      await endAll();
      const pair = await Pair.make();
      for (const one of steps) {
        const both = await pair.apply(one);
        if (both) expect(both[0]).toMatchObject(both[1]);
      }
      for (const [n, { country }] of PEOPLE.entries()) {
        const id = pair.people[n] ?? 0n;
        const turns = await database.owner<Turn[]>`
          select t.month::text, t.planned_date::text as planned, o.dealing_date::text as dealing, t.lapse, t.lapses, t.amount_minor as amount
            from savings_plan_turns t join dealing_orders o on o.investor_id = t.investor_id and o.key = t.order_key
           where t.investor_id = ${id} and o.state = case when t.lapse is null then 'ACCEPTED' else 'LAPSED' end::order_state
           order by o.number`;
        expect([...turns]).toEqual(pair.turns[n]);
        const [wallet] = await database.owner<{ available: bigint; mails: number }[]>`
          select coalesce((select available from wallets where investor_id = ${id} and asset_id = ${country === 'US' ? 1 : 2}), 0) as available,
                 (select count(*)::int from mails where user_id = ${id} and kind like 'plan-%') as mails`;
        expect(wallet).toEqual({ available: pair.available(n), mails: pair.turns[n]?.length });
      }
    }),
    // A failure names its seed; to shrink it here would take minutes of database time.
    { numRuns: 30, endOnFailure: true },
  );
}, 180_000);

/** Two Japanese with cash and a plan each, on the tenth; the clock stands at their turn. */
async function due(people: number): Promise<bigint[]> {
  await endAll();
  await stopClock(database.owner, new Date('2026-06-03T03:00:00Z'));
  const ids = await addInvestors(database.owner, people, { country: 'JP', agreed: true });
  await fund(database.owner, ids, 'JPY', 5_000n);
  for (const investorId of ids)
    expect(
      await startPlan(site, {
        ...{ investorId, key: randomUUID(), classId: CLASSES.JP, amountMinor: 5_000n, dayOfMonth: 10 },
        ...{ locale: 'ja', consent: false },
      }),
    ).toMatchObject({ ok: true, nextMonth: '2026-06-01' });
  await stopClock(database.owner, new Date('2026-06-10T00:00:00Z'));
  return ids;
}

test('five workers at once take each turn once, whichever chunk it is in', async () => {
  const ids = await due(40);
  const taken = await Promise.all(Array.from({ length: 5 }, () => takeAll(7)));
  expect(taken.reduce((a, b) => a + b)).toBe(40);
  const [row] = await database.owner<{ orders: number; reserved: bigint }[]>`
    select count(*)::int as orders, sum(reserved_minor)::bigint as reserved from dealing_orders where investor_id = any (${`{${ids.join(',')}}`}::text::bigint[])`;
  expect(row).toEqual({ orders: 40, reserved: 200_000n });
});

test('a turn comes at nine on its dealing day, and not a second before', async () => {
  await due(1);
  await stopClock(database.owner, new Date('2026-06-09T23:59:59Z'));
  expect(await listDuePlans(site)).toEqual([]);
  await stopClock(database.owner, new Date('2026-06-10T00:00:00Z'));
  expect(await listDuePlans(site)).toMatchObject([{ classId: 2, dealingDate: '2026-06-10' }]);
  // For a day that has closed in the meantime nothing is taken; whoever asks again is told of the next one.
  const stale = { classId: 2, dealingDate: '2026-06-09', cutOffAt: new Date('2026-06-09T06:00:00Z') };
  expect(await takePlanTurns(site, stale, 10, MAILS)).toEqual({ turns: 0, finished: true });
  expect(await takeAll()).toBe(1);
});

test('plans, their acts and turns are the site’s to read alone, and what has been written down stays', async () => {
  const [id = 0n] = await due(1);
  await takeAll();
  await expect(site`update savings_plans set amount_minor = 1`).rejects.toThrow('permission denied');
  await expect(site`insert into savings_plan_turns default values`).rejects.toThrow('permission denied');
  await expect(site`select plan_date('2026-06-01', 10)`).rejects.toThrow('permission denied');
  expect([...(await site`select 1 from savings_plans`)]).toEqual([]);
  await expect(database.owner`delete from savings_plan_turns where investor_id = ${id}`).rejects.toThrow('not allowed');
  await expect(database.owner`update savings_plans set class_id = 1 where investor_id = ${id}`).rejects.toThrow(
    'not allowed',
  );
});

test('every invariant stands after all of it', async () => {
  const findings = await database.owner.begin((sql) => verifyInvariants(sql));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
});
