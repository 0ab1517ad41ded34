/** Orders at NAV that are broken on purpose, and what `npm run verify` says of them. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { cancelDealingOrder, placeDealingOrder } from '../commands/dealing-orders';
import { placeOrders } from '../commands/orders';
import type { Sql } from '../connect';
import type { Break } from '../test-breaks';
import { addInvestors, addOffering, fund, orderCall } from '../test-scene';

/** Somebody who holds units: they wait to buy, and to redeem, and have thought better of another purchase. Dealing ends again with it. */
export async function dealingHistory(sql: Sql): Promise<void> {
  const [investorId = 0n] = await addInvestors(sql, 1);
  await sql`insert into consents (investor_id, document_version_id, act, locale, sha256)
    select ${investorId}, t.document_version_id, 'OPENED', t.locale, t.sha256
      from document_texts t join document_versions d on d.id = t.document_version_id where d.kind = 'PROSPECTUS' on conflict do nothing`;
  await fund(sql, [investorId], 'USD', 100_000n);
  const offering = await addOffering(sql);
  expect(await placeOrders(sql, [orderCall(investorId, offering)])).toMatchObject([{ ok: true }]);
  await sql`update unit_classes set dealing_from = '2000-01-01' where code = 'US'`;
  const [day] = await sql<{ classId: number; dealingDate: string }[]>`
    select c.id as "classId", s.dealing_date::text as "dealingDate" from unit_classes c, dealing_session(c.id, app_now()) s where c.code = 'US'`;
  const keys = { amount: randomUUID(), units: randomUUID(), sell: randomUUID() };
  const call = {
    investorId,
    classId: day?.classId ?? 0,
    dealingDate: day?.dealingDate ?? '',
    locale: 'en',
    consent: true,
  } as const;
  for (const order of [
    { key: keys.amount, kind: 'BUY_AMOUNT', asked: 5_000n },
    { key: keys.units, kind: 'BUY_UNITS', asked: 1_000n },
    { key: keys.sell, kind: 'SELL_UNITS', asked: 600n },
  ] as const)
    expect(await placeDealingOrder(sql, { ...call, ...order })).toMatchObject({ ok: true });
  const cancelled = await cancelDealingOrder(sql, { investorId, key: randomUUID(), order: keys.units });
  expect(cancelled).toMatchObject({ ok: true });
  await sql`update unit_classes set dealing_from = null where code = 'US'`;
}

const BUYING = `kind = 'BUY_AMOUNT'`;

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
      `update dealing_orders set reserved_units = 1001, asked = 1001 where kind = 'SELL_UNITS'`,
      `update dealing_acts set delta_units = 1001, asked = 1001 where kind = 'SELL_UNITS'`,
    ],
    red: ['O8'],
  },
];
