import { withInvestor } from '@/db/client';
import * as commands from '@/db/commands/dealing-orders';
import { ok, type Result, refuse } from '@/lib/result';
import type { Actor } from './actor';
import { byKey } from './by-key';
import { isKey } from './key';
import type { PlacedDealingOrder } from './place-dealing-order';
import { refuseWhenAway } from './refusals';
import { tellOfOrder } from './tell-of-order';

/** Cancels 取消 an order at NAV before its cut-off: all that it has set aside is free again. */
export async function cancelDealingOrder(
  actor: Actor,
  input: { order: string; key: string },
): Promise<Result<PlacedDealingOrder>> {
  if (!isKey(input.key)) return refuse('form.invalid');
  if (!isKey(input.order)) return refuse('order.no-such-order');
  const call = { investorId: actor.investorId, key: input.key.toLowerCase(), order: input.order.toLowerCase() };
  try {
    const answer = await byKey(() =>
      withInvestor(actor.investorId, async (tx, sql) => {
        const cancelled = await commands.cancelDealingOrder(sql, call);
        if (cancelled.ok && !cancelled.replayed)
          await tellOfOrder(tx, actor.investorId, call.order, 'dealing-cancelled');
        return cancelled;
      }),
    );
    if (!answer.ok) return refuse(answer.code === 'order.not-found' ? 'order.no-such-order' : answer.code);
    const { ok: _, ...cancelled } = answer;
    return ok(cancelled);
  } catch (error) {
    return refuseWhenAway(error);
  }
}
