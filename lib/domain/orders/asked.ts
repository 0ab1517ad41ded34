/** The request that the figures of a form make. */
import { type NumberRefusal, parseAmount, parseUnits } from '../money/parse';
import type { Currency, OrderKind } from '../states';
import type { OrderRequest } from './decide';

export type Asked = { ok: true; value: OrderRequest } | { ok: false; error: NumberRefusal };

/** What is wrong with a figure stands beside its field: `amount` or `units`. */
export function askedOf(
  offering: { currency: Currency; unitDecimals: number },
  typed: { kind: OrderKind; amount: string; units: string },
): Asked {
  if (typed.kind === 'BUY_AMOUNT') {
    const amount = parseAmount(typed.amount, offering.currency, 'amount');
    return amount.ok ? { ok: true, value: { kind: 'BUY_AMOUNT', amountMinor: amount.value } } : amount;
  }
  const units = parseUnits(typed.units, offering.unitDecimals, 'units');
  return units.ok ? { ok: true, value: { kind: 'BUY_UNITS', units: units.value } } : units;
}
