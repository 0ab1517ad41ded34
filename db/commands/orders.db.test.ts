import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../test-hooks';
import { addInvestors, addOffering, fund, orderCall as order, setFund } from '../test-scene';
import { placeOrders } from './orders';

const database = testDatabase();
beforeAll(async () => {
  await setFund(database.owner);
});

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

  test('counts against the maximum of an offering what its buyer has bought of it, and of no other', async () => {
    const [investor] = await addInvestors(database.owner, 1);
    if (!investor) throw new Error('no investor');
    await fund(database.owner, [investor], 'USD', 100_000n);
    const first = await addOffering(database.owner, { maxUnits: 3_000n });
    const second = await addOffering(database.owner, { maxUnits: 3_000n });
    const buy = async (offering: number, asked: bigint) => {
      const [answer] = await placeOrders(database.owner, [order(investor, offering, { asked })]);
      return answer?.ok ? 'bought' : answer && `${answer.code} ${answer.figure}`;
    };
    expect(await buy(first, 2_000n)).toBe('bought');
    expect(await buy(first, 1_001n)).toBe('order.above-maximum 2000');
    expect(await buy(first, 1_000n)).toBe('bought');
    expect(await buy(first, 1n)).toBe('order.above-maximum 3000');
    // More units of the class than either offering allows: its orders have to be looked at.
    expect(await buy(second, 3_000n)).toBe('bought');
    expect(await buy(second, 1n)).toBe('order.above-maximum 3000');
  });

  test('is refused by the table where it forgets what was issued', async () => {
    const [investor] = await addInvestors(database.owner, 1);
    if (!investor) throw new Error('no investor');
    await fund(database.owner, [investor], 'USD', 100_000n);
    await placeOrders(database.owner, [order(investor, await addOffering(database.owner))]);
    const change = (set: string) =>
      database.owner
        .unsafe(`update holdings set ${set} where investor_id = ${investor}`)
        .catch((e) => e.constraint_name);
    expect(await change('units = units + 1, version = version + 1')).toBe('holdings_issued');
    expect(await change('issued_units = issued_units + 1')).toBe('holdings_step');
    expect(await change('units = units - 1, issued_units = issued_units - 1, version = version + 1')).toBe(
      'holdings_step',
    );
  });
});
