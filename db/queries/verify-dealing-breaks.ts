/** Orders at NAV that are broken on purpose, and what `npm run verify` says of them. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { DealingKind, RedealStep } from '@/lib/domain/states';
import { cancelDealingOrder, placeDealingOrder } from '../commands/dealing-orders';
import { advanceDealing, claimDealing, type DealingDayKey } from '../commands/dealing-runs';
import { placeOrders } from '../commands/orders';
import { advanceRedealing, claimRedealing, listRedealtOutcomes, writeRedealingMails } from '../commands/redealing';
import type { Sql } from '../connect';
import { type Break, without } from '../test-breaks';
import { addInvestors, addOffering, fund, orderCall } from '../test-scene';

/**
 * Somebody who holds units: a purchase and a redemption of theirs have been dealt, and others wait, one of which was thought better of. Dealing ends
 * again with it, and the clock stands where it stood.
 */
export async function dealingHistory(sql: Sql): Promise<void> {
  const [investorId = 0n] = await addInvestors(sql, 1);
  await sql`insert into consents (investor_id, document_version_id, act, locale, sha256)
    select ${investorId}, t.document_version_id, 'OPENED', t.locale, t.sha256
      from document_texts t join document_versions d on d.id = t.document_version_id where d.kind = 'PROSPECTUS' on conflict do nothing`;
  await fund(sql, [investorId], 'USD', 100_000n);
  const offering = await addOffering(sql, { sizeUnits: 1_000_000n });
  expect(await placeOrders(sql, [orderCall(investorId, offering)])).toMatchObject([{ ok: true }]);
  const [clock] = await sql<{ mode: string; at: Date | null }[]>`select mode, at from clock`;
  await sql`update unit_classes set dealing_from = '2000-01-01' where code = 'US'`;
  await place(sql, investorId, 'BUY_AMOUNT', 5_000n);
  await place(sql, investorId, 'SELL_UNITS', 300n);
  const [day] = await sql<{ classId: number; dealingDate: string; cutOffAt: Date }[]>`
    select class_id as "classId", dealing_date::text as "dealingDate", cut_off_at as "cutOffAt" from dealing_orders limit 1`;
  if (!day) throw new Error('There is no order at NAV.');
  await sql`update clock set mode = 'STEPPED', at = ${day.cutOffAt}`;
  expect([
    ...(await sql`select start_dealing(${day.classId}::smallint, ${day.dealingDate}::text::date, 101234, ${day.cutOffAt}) as code`),
  ]).toEqual([{ code: null }]);
  const fence = (await claimDealing(sql, day, 60)) ?? 0;
  for (let waits = false; !waits; ) {
    const advanced = await advanceDealing(sql, day, fence);
    expect(advanced).toMatchObject({ ok: true });
    waits = advanced.ok && advanced.waits;
  }
  await dealAgain(sql, day);
  await place(sql, investorId, 'BUY_AMOUNT', 5_000n);
  await place(sql, investorId, 'SELL_UNITS', 600n);
  const order = await place(sql, investorId, 'BUY_UNITS', 1_000n);
  expect(await cancelDealingOrder(sql, { investorId, key: randomUUID(), order })).toMatchObject({ ok: true });
  await sql`update unit_classes set dealing_from = null where code = 'US'`;
  await sql`update clock set mode = ${clock?.mode ?? 'REAL'}, at = ${clock?.at ?? null}`;
}

/** The day's value was a per cent too low. The proposal is one of the seed's: here it only has to be both sides'. */
async function dealAgain(sql: Sql, day: DealingDayKey): Promise<void> {
  const [proposal] = await sql<
    { id: string }[]
  >`select id from proposals where state = 'EXECUTED' order by number limit 1`;
  await sql.begin(async (tx) => {
    await tx`alter table proposals disable trigger user`;
    await tx`update proposals set kind = 'NAV_CORRECTION' where id = ${proposal?.id ?? ''}`;
    await tx`alter table proposals enable trigger user`;
  });
  await sql`select start_redealing(${day.classId}::smallint, ${day.dealingDate}::text::date, 102246, ${proposal?.id ?? ''})`;
  const fence = (await claimRedealing(sql, day, 60)) ?? 0;
  for (let step: RedealStep | null = 'PRICE'; step !== 'DONE'; ) {
    if (step !== 'MAIL') step = await advanceRedealing(sql, day, fence);
    else {
      const outcomes = await listRedealtOutcomes(sql, day, fence);
      const texts = outcomes.map((one) => ({ ...one, locale: 'en' as const, subject: 'x', body: 'y' }));
      step = await writeRedealingMails(sql, day, fence, 'day-redealt', texts);
    }
    expect(step).not.toBeNull();
  }
}

/** Places an order for the next dealing day of the US class; answers with its key. */
async function place(sql: Sql, investorId: bigint, kind: DealingKind, asked: bigint): Promise<string> {
  const [day] = await sql<{ classId: number; dealingDate: string }[]>`
    select c.id as "classId", s.dealing_date::text as "dealingDate" from unit_classes c, dealing_session(c.id, app_now()) s where c.code = 'US'`;
  if (!day) throw new Error('The US class has no dealing day.');
  const key = randomUUID();
  const call = { ...day, investorId, key, kind, asked, locale: 'en', consent: true } as const;
  expect(await placeDealingOrder(sql, call)).toMatchObject({ ok: true });
  return key;
}

const WAITS = `state = 'ACCEPTED' and kind`;
const BUYING = `${WAITS} = 'BUY_AMOUNT'`;

export const DEALING_BREAKS: Break[] = [
  {
    name: 'an order at NAV holds more cash than was set aside for it',
    statements: [`update dealing_orders set reserved_minor = reserved_minor + 1 where ${BUYING}`],
    red: ['O2', 'O7'],
  },
  {
    name: 'an order at NAV is cancelled and gives nothing back',
    statements: [`update dealing_orders set state = 'CANCELLED', reserved_minor = 0 where ${BUYING}`],
    red: ['O2', 'O7'],
  },
  {
    name: 'an act on an order at NAV is lost',
    statements: [`delete from dealing_acts where act = 'CANCELLED'`],
    red: ['I5', 'O7'],
  },
  {
    name: 'an order at NAV moved to another day',
    statements: [`update dealing_orders set dealing_date = dealing_date + 1 where ${BUYING}`],
    red: ['O7'],
  },
  {
    name: 'more units wait to be redeemed than are held',
    statements: [
      `update dealing_acts set delta_units = 100001, asked = 100001
        where kind = 'SELL_UNITS' and order_key in (select key from dealing_orders where ${WAITS} = 'SELL_UNITS')`,
      `update dealing_orders set reserved_units = 100001, asked = 100001 where ${WAITS} = 'SELL_UNITS'`,
    ],
    red: ['O8'],
  },
  {
    name: 'a purchase was dealt a cent below its price',
    statements: ['update deals set amount_minor = amount_minor - 1, release_minor = release_minor + 1 where buys'],
    red: ['I5', 'O7', 'O9'],
  },
  {
    name: 'a redemption was paid more than its price',
    statements: ['update deals set amount_minor = amount_minor + 1 where not buys'],
    red: ['O9'],
  },
  {
    name: 'what was dealt is lost',
    statements: ['delete from deals where not buys'],
    red: ['U1', 'U3', 'I5', 'O7', 'O9'],
  },
  {
    name: 'a day was dealt at a price of before its cut-off',
    statements: [
      without('dealing_runs', 'dealing_runs_forward'),
      `update dealing_runs set struck_at = cut_off_at - interval '1 second'`,
    ],
    red: ['O9'],
  },
  {
    name: 'more was redeemed than the gate lets pass',
    statements: ['update dealing_runs set gate_e4 = 0'],
    red: ['O9'],
  },
  {
    name: 'a day was dealt again for less than half a per cent',
    statements: [
      without('dealing_corrections', 'dealing_corrections_worth_it'),
      'update dealing_corrections set price = price_before + 1',
    ],
    red: ['O9', 'O10'],
  },
  {
    name: 'what was dealt at the wrong value still holds',
    statements: ['update dealing_chunks set reversal_id = null where revision = 0 and buys'],
    red: ['U1', 'O10'],
  },
  {
    name: 'a purchase was dealt again with another reservation',
    statements: ['update deals set release_minor = release_minor + 1 where buys and revision = 1'],
    red: ['I5', 'O7', 'O10'],
  },
  {
    name: 'the fund lent units that nobody booked',
    statements: [
      `insert into dealing_bridges select investor_id, 0, 5, 0, 0, dealing_date, chunk, class_id, 1, buys from deals where buys and revision = 1`,
    ],
    red: ['O10'],
  },
];
