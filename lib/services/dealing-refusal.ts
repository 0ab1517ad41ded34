import type { DealingRefusalCode } from '@/db/commands/dealing-orders';
import { reserveForUnits } from '@/lib/domain/dealing/amounts';
import type { TicketKind } from '@/lib/domain/dealing/asked';
import type { ClassQuotation } from '@/lib/domain/orders/pricing';
import type { Refusal } from '@/lib/result';

/** The refusal of an order at NAV with the figures of its text, beside the field that it is about. `figure` is the cash or the units that there are. */
export function dealingRefusal(
  { code, figure }: { code: DealingRefusalCode; figure: bigint | null },
  { kind, asked }: { kind: TicketKind; asked: bigint },
  unitClass: ClassQuotation & { lastPrice: bigint | null },
): Refusal {
  const { currency, unitDecimals, lastPrice } = unitClass;
  const field = kind === 'BUY_AMOUNT' ? 'amount' : kind === 'SELL_ALL' ? 'kind' : 'units';
  switch (code) {
    case 'order.insufficient-cash': {
      const available = figure ?? 0n;
      const needed = kind === 'BUY_AMOUNT' ? asked : reserveForUnits(asked, lastPrice ?? 0n, unitClass);
      const params = { available: { money: available, currency }, missing: { money: needed - available, currency } };
      return { code, params, field };
    }
    case 'order.insufficient-units':
      return { code, params: { free: { units: figure ?? 0n, unitDecimals } }, field };
    case 'order.no-price':
    case 'amount.zero':
    case 'amount.too-large':
      return { code, field };
    case 'order.consent-missing':
      return { code, field: 'consent' };
    // What the orders of offerings call so: here it is the class that is not there.
    case 'order.not-found':
      return { code: 'dealing.no-such-class' };
    default:
      return { code };
  }
}
