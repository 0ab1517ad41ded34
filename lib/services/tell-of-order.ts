import type { Database } from '@/db/client';
import { getOrderToTell } from '@/db/queries/dealing-mails';
import { writeMail } from '@/lib/mail/write-mail';

/** Writes to whoever has just placed, amended or cancelled an order at NAV, in the transaction of that act. */
export async function tellOfOrder(
  tx: Database,
  investorId: bigint,
  key: string,
  kind: 'dealing-accepted' | 'dealing-amended' | 'dealing-cancelled',
): Promise<void> {
  const order = await getOrderToTell(tx, investorId, key);
  if (!order) throw new Error(`Order ${key} was acted on and is not there.`);
  const { recipient, locale, dealingDate: day, cutOffAt: until } = order;
  await writeMail(tx, { userId: investorId, recipient, locale }, { kind, path: `/orders/${key}`, order, day, until });
}
