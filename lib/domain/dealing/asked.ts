/** The request at NAV that the figures of a form make. */
import { type NumberRefusal, parseAmount, parseUnits } from '../money/parse';
import type { Currency, DealingKind } from '../states';

/** What one ticket offers; a switch has a page of its own. */
export type TicketKind = Exclude<DealingKind, 'SWITCH'>;

/** An amount or units, as the kind says; zero for all that is held. */
export type DealingAsked = { ok: true; value: bigint } | { ok: false; error: NumberRefusal };

/** What is wrong with a figure stands beside its field: `amount` or `units`. */
export function dealingAskedOf(
  unitClass: { currency: Currency; unitDecimals: number },
  typed: { kind: TicketKind; amount: string; units: string },
): DealingAsked {
  if (typed.kind === 'SELL_ALL') return { ok: true, value: 0n };
  return typed.kind === 'BUY_AMOUNT'
    ? parseAmount(typed.amount, unitClass.currency, 'amount')
    : parseUnits(typed.units, unitClass.unitDecimals, 'units');
}

/** A switch as it was typed: how many units of the one class, and the address's name of the other. */
export type TypedSwitch = { kind: 'SELL_UNITS' | 'SELL_ALL'; units: string; to: string };

/** Units, or null for all that are free. */
export function switchAskedOf(
  unitClass: { unitDecimals: number },
  typed: Pick<TypedSwitch, 'kind' | 'units'>,
): { ok: true; value: bigint | null } | { ok: false; error: NumberRefusal } {
  return typed.kind === 'SELL_ALL'
    ? { ok: true, value: null }
    : parseUnits(typed.units, unitClass.unitDecimals, 'units');
}
