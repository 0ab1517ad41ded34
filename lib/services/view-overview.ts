import { withInvestor } from '@/db/client';
import { type CashMovementView, listCashMovements, listWallets, type WalletView } from '@/db/queries/cash';
import { getMidRate } from '@/db/queries/fund';
import { type HoldingView, listHoldings } from '@/db/queries/holdings';
import { listOrders, type OrderView } from '@/db/queries/orders';
import type { MidRate } from '@/lib/domain/money/conversion';
import type { Actor } from './actor';

export type Overview = {
  holdings: HoldingView[];
  /** One for each currency. */
  wallets: WalletView[];
  midRate: MidRate | null;
  /** The newest few. */
  orders: OrderView[];
  cashMovements: CashMovementView[];
};

/** Everything that the overview, holdings and cash pages show of one person, as it stood at one moment. */
export function viewOverview(actor: Actor, limit = 5): Promise<Overview> {
  return withInvestor(actor.investorId, async (tx) => ({
    holdings: await listHoldings(tx, actor.investorId),
    wallets: await listWallets(tx, actor.investorId),
    midRate: await getMidRate(tx),
    orders: await listOrders(tx, actor.investorId, limit),
    cashMovements: await listCashMovements(tx, actor.investorId, limit),
  }));
}
