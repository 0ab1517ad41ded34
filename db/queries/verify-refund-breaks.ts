/** For verify.db.test.ts: an offering that was called off after it had sold, and what breaks O6. */
import { randomUUID } from 'node:crypto';
import { placeOrders } from '../commands/orders';
import type { Sql } from '../connect';
import { type Break, without } from '../test-breaks';
import { addInvestors, addOffering, fund } from '../test-scene';

/** Two buyers, each refunded in a chunk of their own. */
export async function refundHistory(owner: Sql): Promise<void> {
  const offeringId = await addOffering(owner);
  await owner`update offerings set slug = 'called-off' where id = ${offeringId}`;
  const buyers = await addInvestors(owner, 2);
  await fund(owner, buyers, 'USD', 5_000n);
  const terms = { offeringId, kind: 'BUY_UNITS', asked: 1_000n, price: 100_000n, termsVersion: 1 } as const;
  const answers = await placeOrders(
    owner,
    buyers.map((investorId) => ({ ...terms, investorId, key: randomUUID(), locale: 'en', consent: true })),
  );
  if (answers.some(({ ok }) => !ok)) throw new Error('An order was refused.');
  await owner`select cancel_offering(${offeringId}, null)`;
  await owner`update sale_refunds set chunk_people = 1`;
  const [run] = await owner<{ fence: number }[]>`select claim_sale_refund(${offeringId}, 60) as fence`;
  for (const _ of [...buyers, null])
    await owner`select refund_sales(${offeringId}, ${run?.fence ?? 0}, 'refund', '{en}', '{1000}', '{1000}', '{Subject}', '{Body}')`;
}

export const REFUND_BREAKS: Break[] = [
  {
    name: 'a buyer of what was called off is not refunded',
    statements: ['delete from sale_refund_chunks where chunk = 1'],
    red: ['U1', 'U3', 'O6', 'I5'],
  },
  {
    name: 'a refund notes another sum than it paid',
    statements: [
      without('sale_refunds', 'sale_refunds_finished'),
      'update sale_refunds set refunded_minor = refunded_minor - 1',
    ],
    red: ['O6'],
  },
  {
    name: 'what was called off was not',
    statements: [`update offerings set state = 'CLOSED' where slug = 'called-off'`],
    red: ['O6'],
  },
];
