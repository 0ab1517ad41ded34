/** A switch by services and the clock: somebody who has moved gives up the class of the country that they left for that of where they live now. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { getHoldingPage, getOwnDealingOrder, getSwitchPage } from '@/db/queries/investor-pages';
import { verifyInvariants } from '@/db/queries/verify';
import { stopClock } from '@/db/test-clock';
import { testDatabase } from '@/db/test-hooks';
import { runDue } from '@/lib/jobs/run-due';
import { PERSONAS } from '@/scripts/lib/personas.mjs';
import { placeDealingOrder } from './place-dealing-order';
import { type PlaceSwitchInput, placeSwitch } from './place-switch';

const database = testDatabase('seeded');
const AMERICAN = BigInt(PERSONAS.american.id);
const actor = { investorId: AMERICAN, locale: 'en' } as const;
const at = (instant: string) => stopClock(database.owner, new Date(instant));

beforeAll(async () => {
  const { owner } = database;
  await owner`update unit_classes set dealing_from = '2026-11-18'`;
  await owner`insert into consents (investor_id, document_version_id, act, locale, sha256)
    select ${AMERICAN}, t.document_version_id, 'OPENED', t.locale, t.sha256
      from document_texts t join document_versions d on d.id = t.document_version_id
     where d.kind = 'PROSPECTUS' on conflict do nothing`;
});

const input = (more: Partial<PlaceSwitchInput> = {}): PlaceSwitchInput => ({
  ...{ classCode: 'US', toClassCode: 'JP', key: randomUUID(), typed: { kind: 'SELL_UNITS', units: '2', to: 'jp' } },
  ...{ dealingDate: '2026-11-18', consent: true },
  ...more,
});
const mails = () =>
  database.owner<{ kind: string; body: string }[]>`
    select kind, body from mails where user_id = ${AMERICAN} and (kind like 'dealing-%' or kind like 'switch-%') order by id`;

test('who lives where they always did has nothing to switch into', async () => {
  expect(await getSwitchPage(AMERICAN, 'US')).toMatchObject({ targets: [] });
  expect(await getHoldingPage(AMERICAN, 'US', 1)).toMatchObject({ switchable: false });
  expect(await placeSwitch(actor, input())).toMatchObject({ error: { code: 'order.other-country' } });
});

test('who has moved switches: redeemed, paid, converted and bought, with a mail each', async () => {
  await database.owner`update investors set country = 'JP', residence = 'JP' where investor_id = ${AMERICAN}`;
  expect(await getSwitchPage(AMERICAN, 'US')).toMatchObject({ targets: ['JP'] });
  expect(await getHoldingPage(AMERICAN, 'US', 1)).toMatchObject({ switchable: true });
  const typed = { kind: 'SELL_UNITS', units: '0', to: 'jp' } as const;
  expect(await placeSwitch(actor, input({ typed }))).toMatchObject({ error: { code: 'amount.zero', field: 'units' } });
  const wanted = input();
  expect(await placeSwitch(actor, wanted)).toMatchObject({ ok: true, value: { reservedUnits: 2_000n } });
  expect(await placeSwitch(actor, wanted)).toMatchObject({ ok: true, value: { replayed: true } });
  const amended = { kind: 'SELL_UNITS', amount: '', units: '1', dealingDate: '2026-11-18', consent: false } as const;
  expect(
    await placeDealingOrder(actor, { ...amended, classCode: 'US', key: randomUUID(), change: wanted.key }),
  ).toMatchObject({ error: { code: 'order.no-such-order' } });

  for (const day of ['18', '19', '20']) {
    await at(`2026-11-${day}T23:30:00Z`);
    await runDue();
  }
  const done = await getOwnDealingOrder(AMERICAN, wanted.key);
  expect(done).toMatchObject({ kind: 'SWITCH', state: 'SETTLED', switching: { into: { code: 'JP' } } });
  const [part] = done?.switching?.parts ?? [];
  expect(part).toMatchObject({ state: 'CARRIED', amountMinor: done?.days[0]?.amountMinor });
  const bought = await getOwnDealingOrder(AMERICAN, part?.orderKey ?? '');
  expect(bought).toMatchObject({ kind: 'BUY_AMOUNT', state: 'PRICED', asked: part?.toAmountMinor });
  expect(bought?.bySwitch).toEqual({ key: wanted.key, number: done?.number });
  const told = await mails();
  expect(told.map(({ kind }) => kind)).toEqual([
    'dealing-accepted',
    'dealing-redeemed',
    'switch-carried',
    'dealing-bought',
  ]);
  expect(told[0]?.body).toContain('switch 2 shares to the Japan class');
  expect(told[1]?.body).toContain('Goes on to the other class');
  expect(told[2]?.body).toMatch(/Converted at ¥[\d.]+ for a dollar/);
  for (const { body } of told) expect(body).not.toMatch(/[{}]|undefined|none/);
  const findings = await database.owner.begin((sql) => verifyInvariants(sql));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
});

test('who may not buy any more when the money comes has it free, and is told why', async () => {
  const wanted = input({ dealingDate: '2026-11-24' });
  expect(await placeSwitch(actor, wanted)).toMatchObject({ ok: true });
  await database.owner`update investors set suitability_expires_at = '2026-11-25' where investor_id = ${AMERICAN}`;
  for (const day of ['24', '25']) {
    await at(`2026-11-${day}T23:30:00Z`);
    await runDue();
  }
  const done = await getOwnDealingOrder(AMERICAN, wanted.key);
  expect(done?.switching?.parts).toMatchObject([{ state: 'RELEASED', orderKey: null }]);
  const last = (await mails()).at(-1);
  expect(last?.kind).toBe('switch-released');
  expect(last?.body).toContain('your suitability answers have expired.');
});
