import { read } from '@/db/client';
import * as commands from '@/db/commands/dealing-orders';
import { type DealtClassLine, getDealtClass } from '@/db/queries/dealing';
import { reserveForUnits } from '@/lib/domain/dealing/amounts';
import { dealingAskedOf, type TicketKind } from '@/lib/domain/dealing/asked';
import { ok, type Refusal, type Result, refuse } from '@/lib/result';
import type { Actor } from './actor';
import { byKey } from './by-key';
import { isKey } from './key';
import { refuseWhenAway } from './refusals';

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
  try {
    const unitClass = await read((db) => getDealtClass(db, input.classCode));
    if (!unitClass) return refuse('dealing.no-such-class');
    const asked = dealingAskedOf(unitClass, input);
    if (!asked.ok) return asked;
    const { kind, dealingDate, consent } = input;
    const call = { ...actor, key: input.key.toLowerCase(), classId: unitClass.id, kind, dealingDate, consent };
    const answer = await byKey(() =>
      read((_, sql) => commands.placeDealingOrder(sql, { ...call, asked: asked.value })),
    );
    if (!answer.ok) return { ok: false, error: wordable(answer, { kind, asked: asked.value }, unitClass) };
    const { ok: _, ...placed } = answer;
    return ok(placed);
  } catch (error) {
    return refuseWhenAway(error);
  }
}

/** The refusal with the figures of its text, beside the field that it is about. */
function wordable(
  { code, figure }: Extract<commands.DealingAnswer, { ok: false }>,
  { kind, asked }: { kind: TicketKind; asked: bigint },
  unitClass: DealtClassLine,
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
    default:
      return { code };
  }
}
