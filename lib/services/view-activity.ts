import { withInvestor } from '@/db/client';
import { type CashMovementView, listCashMovements } from '@/db/queries/cash';
import { listOrders, type OrderView } from '@/db/queries/orders';
import type { Actor } from './actor';

export type Activity = { at: Date } & (
  | { type: 'ORDER'; order: OrderView }
  | { type: 'CASH'; movement: CashMovementView }
);

/** Orders and movements of cash in one list, the newest first. */
export function viewActivity(actor: Actor, limit = 100): Promise<Activity[]> {
  return withInvestor(actor.investorId, async (tx) => {
    const orders = await listOrders(tx, actor.investorId, limit);
    const movements = await listCashMovements(tx, actor.investorId, limit);
    const list: Activity[] = [
      ...orders.map((order): Activity => ({ at: order.placedAt, type: 'ORDER', order })),
      ...movements.map((movement): Activity => ({ at: movement.placedAt, type: 'CASH', movement })),
    ];
    return list.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, limit);
  });
}
