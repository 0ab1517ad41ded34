import { withInvestor } from '@/db/client';
import { getOffering, type OfferingView } from '@/db/queries/offerings';
import { type BuyerView, getBuyer } from '@/db/queries/orders';
import type { Actor } from './actor';

/** The order ticket before anything is typed: the offering, and where its reader stands. Null when there is no such offering. */
export function viewTicket(
  actor: Actor,
  slug: string,
): Promise<{ offering: OfferingView; buyer: BuyerView | null } | null> {
  return withInvestor(actor.investorId, async (tx) => {
    const offering = await getOffering(tx, slug);
    return offering && { offering, buyer: await getBuyer(tx, actor.investorId, offering.id) };
  });
}
