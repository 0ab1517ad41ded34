import { read, withInvestor } from '@/db/client';
import * as commands from '@/db/commands/dealing-orders';
import { getDealtClass } from '@/db/queries/dealing';
import { dealingAskedOf, type TicketKind } from '@/lib/domain/dealing/asked';
import { ok, type Result, refuse } from '@/lib/result';
import type { Actor } from './actor';
import { byKey } from './by-key';
import { dealingRefusal } from './dealing-refusal';
import { isKey } from './key';
import { refuseWhenAway } from './refusals';
import { tellOfOrder } from './tell-of-order';

export type PlaceDealingOrderInput = {
  classCode: string;
  /** A UUID made when the form was first shown: the same one again is the same order. */
  key: string;
  kind: TicketKind;
  /** The figures as they were typed; only the one that belongs to the kind counts. */
  amount: string;
  units: string;
  /** The dealing day that the review page showed, as a date. */
  dealingDate: string;
  /** "I have read the prospectus" was ticked. */
  consent: boolean;
  /** The key of the order whose place it takes 訂正: that one is cancelled with it, or stands if it is refused. */
  change?: string | undefined;
};

export type PlacedDealingOrder = Omit<Extract<commands.DealingAnswer, { ok: true }>, 'ok'>;

/**
 * Orders at net asset value: the order waits for a price that nobody knows yet, with its cash or units set aside. The database decides under its lock;
 * the rules are those of lib/domain/dealing/decide.
 */
export async function placeDealingOrder(
  actor: Actor,
  input: PlaceDealingOrderInput,
): Promise<Result<PlacedDealingOrder>> {
  if (!isKey(input.key)) return refuse('form.invalid');
  const order = input.change?.toLowerCase();
  if (order !== undefined && !isKey(order)) return refuse('order.no-such-order');
  try {
    const unitClass = await read((db) => getDealtClass(db, input.classCode));
    if (!unitClass) return refuse('dealing.no-such-class');
    const asked = dealingAskedOf(unitClass, input);
    if (!asked.ok) return asked;
    const { kind, dealingDate, consent } = input;
    const call = { ...actor, key: input.key.toLowerCase(), classId: unitClass.id, kind, dealingDate, consent };
    const answer = await byKey(() =>
      withInvestor(actor.investorId, async (tx, sql) => {
        const wanted = { ...call, asked: asked.value };
        const placed = order
          ? await commands.amendDealingOrder(sql, { ...wanted, order })
          : await commands.placeDealingOrder(sql, wanted);
        if (placed.ok && !placed.replayed)
          await tellOfOrder(tx, actor.investorId, call.key, order ? 'dealing-amended' : 'dealing-accepted');
        return placed;
      }),
    );
    if (!answer.ok && order && answer.code === 'order.not-found') return refuse('order.no-such-order');
    if (!answer.ok) return { ok: false, error: dealingRefusal(answer, { kind, asked: asked.value }, unitClass) };
    const { ok: _, ...placed } = answer;
    return ok(placed);
  } catch (error) {
    return refuseWhenAway(error);
  }
}
