/** Continuous dealing on the demonstration's fund, by the job alone: an order waits, its day is valued, it is dealt at that value, and settled. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { placeDealingOrder } from '@/db/commands/dealing-orders';
import { verifyInvariants } from '@/db/queries/verify';
import { testDatabase } from '@/db/test-hooks';
import { runDue } from '@/lib/jobs/run-due';
import { PERSONAS } from '@/scripts/lib/personas.mjs';

const database = testDatabase('seeded');
const at = (instant: string) => database.owner`update clock set mode = 'STEPPED', at = ${instant}::text::timestamptz`;
const CITIZENS = [
  { investorId: BigInt(PERSONAS.american.id), classId: 1 },
  { investorId: BigInt(PERSONAS.japanese.id), classId: 2 },
] as const;

const states = async () =>
  (await database.owner<{ state: string }[]>`select state from dealing_orders order by class_id, number`).map(
    ({ state }) => state,
  );

test('orders wait for their day’s value, are dealt at it, and are settled days later', async () => {
  const { owner } = database;
  await owner`update unit_classes set dealing_from = '2026-11-18'`;
  for (const { investorId, classId } of CITIZENS) {
    await owner`insert into consents (investor_id, document_version_id, act, locale, sha256)
      select ${investorId}, t.document_version_id, a, t.locale, t.sha256
        from document_texts t join document_versions d on d.id = t.document_version_id cross join unnest(array['OPENED', 'AGREED']) a
       where d.kind = 'PROSPECTUS' and t.locale = 'en' on conflict do nothing`;
    const call = { investorId, classId, dealingDate: '2026-11-18', locale: 'en', consent: false } as const;
    for (const order of [
      { kind: 'BUY_AMOUNT', asked: 5_000n },
      { kind: 'SELL_UNITS', asked: 1_000n },
    ] as const)
      expect(await placeDealingOrder(owner, { ...call, ...order, key: randomUUID() })).toMatchObject({ ok: true });
  }
  // Past both cut-offs and before there is a value: nothing is dealt.
  await at('2026-11-18T21:30:00Z');
  expect(await runDue()).toMatchObject({ dealing: 0 });
  expect(await states()).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED', 'ACCEPTED']);

  await at('2026-11-19T00:00:00Z');
  expect((await runDue()).dealing).toBeGreaterThan(0);
  expect(await states()).toEqual(['PRICED', 'PRICED', 'PRICED', 'PRICED']);
  const runs = await owner<{ price: bigint; shown: bigint }[]>`
    select r.price, p.price as shown from dealing_runs r join current_prices p on p.class_id = r.class_id and p.nav_date = r.dealing_date`;
  expect(runs).toHaveLength(2);
  for (const { price, shown } of runs) expect(price).toBe(shown);
  expect(await runDue()).toMatchObject({ dealing: 0 });

  // A day after it in New York, two in Tokyo.
  await at('2026-11-19T06:00:00Z');
  await runDue();
  expect(await states()).toEqual(['SETTLED', 'SETTLED', 'PRICED', 'PRICED']);
  await at('2026-11-20T00:30:00Z');
  await runDue();
  expect(await states()).toEqual(['SETTLED', 'SETTLED', 'SETTLED', 'SETTLED']);
  const findings = await owner.begin((sql) => verifyInvariants(sql));
  expect(findings.filter(({ ok }) => ok === false)).toEqual([]);
}, 60_000);
