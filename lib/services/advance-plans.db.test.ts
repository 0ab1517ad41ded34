/** Monthly plans by services and the clock: months pass event by event, each turn at its hour, its order dealt and settled like any other. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { getPlanPage, getPlansPage } from '@/db/queries/plan-pages';
import { verifyInvariants } from '@/db/queries/verify';
import { testDatabase } from '@/db/test-hooks';
import { addStaff, fund } from '@/db/test-scene';
import { advanceClock } from '@/lib/jobs/advance-clock';
import { runDue } from '@/lib/jobs/run-due';
import { PERSONAS } from '@/scripts/lib/personas.mjs';
import { actOnPlan } from './act-on-plan';
import { advancePlans } from './advance-plans';
import { runClock } from './move-clock';
import { startPlan } from './start-plan';
import { viewInvestor } from './view-investor';

const database = testDatabase('seeded');
const american = { investorId: BigInt(PERSONAS.american.id), locale: 'en' } as const;
const japanese = { investorId: BigInt(PERSONAS.japanese.id), locale: 'ja' } as const;

const planOf = async ({ investorId }: { investorId: bigint }) =>
  (await getPlansPage(investorId)).plans.find(({ state }) => state !== 'ENDED');
const newPlan = (more: Partial<Parameters<typeof startPlan>[1]> = {}) => ({
  ...{ classCode: 'US', key: randomUUID() as string, amount: '100', day: 31, consent: true },
  ...more,
});

beforeAll(async () => {
  const { owner } = database;
  await owner`update unit_classes set dealing_from = '2026-11-18'`;
  await owner`insert into consents (investor_id, document_version_id, act, locale, sha256)
    select i, t.document_version_id, 'OPENED', t.locale, t.sha256
      from document_texts t join document_versions d on d.id = t.document_version_id
     cross join unnest(array[${american.investorId}, ${japanese.investorId}]::bigint[]) i
     where d.kind = 'PROSPECTUS' on conflict do nothing`;
  await fund(owner, [american.investorId], 'USD', 100_000n);
});

describe('a plan is refused', () => {
  test.each([
    [{ amount: '9.99' }, { code: 'plan.below-minimum', field: 'amount' }],
    [{ amount: 'ten' }, { code: 'amount.not-a-number', field: 'amount' }],
    [{ day: 32 }, { code: 'plan.no-such-day', field: 'day' }],
    [{ classCode: 'XX' }, { code: 'plan.not-found' }],
    [{ classCode: 'JP', amount: '5000' }, { code: 'order.other-country' }],
    [{ key: 'no key' }, { code: 'form.invalid' }],
  ] as const)('%o', async (more, error) => {
    expect(await startPlan(american, newPlan(more))).toMatchObject({ ok: false, error });
    expect(await planOf(american)).toBeUndefined();
  });
});

describe('over four months', () => {
  const key = randomUUID();

  test('it is set up once, however often its form is sent', async () => {
    const input = newPlan({ key });
    const both = await Promise.all([startPlan(american, input), startPlan(american, input)]);
    expect(both).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await startPlan(american, newPlan())).toMatchObject({ ok: false, error: { code: 'plan.exists' } });
    expect(await startPlan(japanese, newPlan({ classCode: 'JP', amount: '50,000', day: 23 }))).toMatchObject({
      ok: true,
    });
    // All the yen are away, so that each month lapses.
    await database.owner`select request_withdrawal(investor_id, gen_random_uuid(), 'JPY', available)
      from wallets where investor_id = ${japanese.investorId} and asset_id = 2 and available > 0`;
    expect(await planOf(american)).toMatchObject({ state: 'ACTIVE', nextMonth: '2026-11-01', lapses: 0 });
  });

  test('each turn comes at nine on its day, and becomes an order that is dealt and settled', async () => {
    expect(await runClock(null, { to: new Date('2027-03-05T12:00:00Z') })).toMatchObject({ ok: true });
    const stops: string[] = [];
    await advanceClock(({ at, kinds }) => {
      if (kinds.includes('PLAN_TURN')) stops.push(at.toISOString().slice(0, 16));
    });
    // The 31st of November is the 30th. December's is an exchange holiday in Tokyo, and so is the New Year after it; January's is a Sunday; the 28th of
    // February too.
    expect(stops).toEqual([
      '2026-11-24T00:00',
      '2026-11-30T14:00',
      '2026-12-23T00:00',
      '2027-01-04T14:00',
      '2027-01-25T00:00',
      '2027-02-01T14:00',
      '2027-03-01T14:00',
    ]);
    const page = await getPlanPage(american.investorId, 'US');
    expect(page?.turns.map(({ at, lapse, order }) => [at.toISOString().slice(0, 10), lapse, order.state])).toEqual([
      ['2027-03-01', null, 'SETTLED'],
      ['2027-02-01', null, 'SETTLED'],
      ['2027-01-04', null, 'SETTLED'],
      ['2026-11-30', null, 'SETTLED'],
    ]);
    expect(await runDue()).toMatchObject({ plans: 0, dealing: 0 });
  }, 120_000);

  test('the one without cash has lapsed three times, been told each time, and is paused', async () => {
    expect(await planOf(japanese)).toMatchObject({
      state: 'PAUSED',
      lapses: 3,
      nextMonth: null,
      lastMonth: '2027-01-01',
    });
    const mails = await database.owner<{ kind: string; locale: string; body: string }[]>`
      select kind, locale, body from mails where user_id = ${japanese.investorId} and kind like 'plan-%' order by id`;
    expect(mails.map(({ kind, locale }) => `${kind} ${locale}`)).toEqual([
      'plan-lapsed ja',
      'plan-lapsed ja',
      'plan-paused ja',
    ]);
    expect(mails[0]?.body).toContain('2026年11月24日（火）');
    expect(mails[1]?.body).toContain('連続2回目');
  });

  test('whoever answers its owner at the desk reads the same, and nobody without a session of staff', async () => {
    const { sessionId } = await addStaff(database.owner, { role: 'SUPPORT' });
    const support = { role: 'SUPPORT', side: null, sessionId } as const;
    const seen = await viewInvestor(support, japanese.investorId);
    expect(seen).toMatchObject({ masked: true, plans: [{ state: 'PAUSED', lapses: 3, amountMinor: 50_000n }] });
    const page = await getPlanPage(japanese.investorId, 'JP');
    expect(seen?.turns).toEqual(page?.turns);
    expect(seen?.turns.map(({ lapse }) => lapse)).toEqual(Array(3).fill('order.insufficient-cash'));
    expect(await viewInvestor({ ...support, sessionId: randomUUID() }, japanese.investorId)).toBeNull();
  });

  test('resumed, it begins anew; ended, it comes no more', async () => {
    const plan = await planOf(japanese);
    const act = { plan: plan?.key ?? '', key: randomUUID() };
    // Nobody else's.
    expect(await actOnPlan(american, { ...act, act: 'RESUMED' })).toMatchObject({ error: { code: 'plan.not-found' } });
    for (let sent = 0; sent < 2; sent += 1)
      expect(await actOnPlan(japanese, { ...act, act: 'RESUMED' })).toMatchObject({
        value: { state: 'ACTIVE', nextMonth: '2027-03-01', replayed: sent === 1 },
      });
    expect(await actOnPlan(japanese, { ...act, act: 'ENDED' })).toMatchObject({ error: { code: 'order.key-reused' } });
    expect(await actOnPlan(japanese, { ...act, key: randomUUID(), act: 'ENDED' })).toMatchObject({ ok: true });
    await database.owner`update clock set at = '2027-04-01T00:00:00Z'`;
    // The American one's alone, whose 31st of March has come.
    expect(await advancePlans()).toBe(1);
    const findings = await database.owner.begin((sql) => verifyInvariants(sql));
    expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
  });
});
