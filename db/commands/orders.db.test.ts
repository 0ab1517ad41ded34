import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../test-hooks';
import { addInvestors, addOffering, fund, setFund } from '../test-scene';
import { type OrderCall, placeOrders } from './orders';

const database = testDatabase();
beforeAll(async () => {
  await setFund(database.owner);
});

function order(investorId: bigint, offeringId: number, more: Partial<OrderCall> = {}): OrderCall {
  return {
    investorId,
    key: randomUUID(),
    offeringId,
    kind: 'BUY_UNITS',
    asked: 1_000n,
    price: 100_000n,
    termsVersion: 1,
    locale: 'en',
    consent: true,
    ...more,
  };
}

describe('one order', () => {
  test('pays, gets its units, and stands in the ledger', async () => {
    const [investor] = await addInvestors(database.owner, 1);
    if (!investor) throw new Error('no investor');
    const offering = await addOffering(database.owner);
    await fund(database.owner, [investor], 'USD', 100_000n);
    const call = order(investor, offering, { kind: 'BUY_AMOUNT', asked: 12_345n });
    const [answer] = await placeOrders(database.owner, [call]);
    expect(answer).toMatchObject({ ok: true, replayed: false, units: 12_345n, amountMinor: 12_345n });
    const again = await placeOrders(database.owner, [call]);
    expect(again).toEqual([{ ...answer, replayed: true }]);
    const other = await placeOrders(database.owner, [{ ...call, asked: 5n }]);
    expect(other).toEqual([{ ok: false, code: 'order.key-reused', figure: null, amountMinor: 5n }]);
  });
});
