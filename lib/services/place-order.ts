import { read } from '@/db/client';
import type { OrderAnswer } from '@/db/commands/orders';
import { getOffering, type OfferingView } from '@/db/queries/offerings';
import type { OrderRequest } from '@/lib/domain/orders/decide';
import { amountForUnits } from '@/lib/domain/orders/pricing';
import type { ErrorCode } from '@/lib/i18n/types';
import { ok, type Refusal, type Result, refuse } from '@/lib/result';
import type { Actor } from './actor';
import { isKey } from './key';
import { orderCombiner } from './order-combiner';
import { refuseWhenAway } from './refusals';

export type PlaceOrderInput = OrderRequest & {
  offeringSlug: string;
  /** A UUID made when the form was first shown: the same one again is the same order. */
  key: string;
  /** The price and terms that the review page showed. */
  price: bigint;
  termsVersion: number;
  /** "I have read the prospectus" was ticked. */
  consent: boolean;
};

export type PlacedOrder = {
  key: string;
  /** The number that people read. */
  number: bigint;
  units: bigint;
  amountMinor: bigint;
  price: bigint;
  placedAt: Date;
  /** This key had settled before; the figures are those of then. */
  replayed: boolean;
};

/** What of an approved offering never changes. */
export type OfferingFacts = Pick<OfferingView, 'id' | 'method' | 'currency' | 'unitDecimals'>;

/** So one look a slug is enough for the life of the process. */
const factsBySlug = new Map<string, OfferingFacts>();

/**
 * Buys units of a first-come offering: all or nothing, at once, never one unit over the cap. The database decides under its locks; the rules are
 * those of lib/domain/orders/decide.
 */
export async function placeOrder(actor: Actor, input: PlaceOrderInput): Promise<Result<PlacedOrder>> {
  if (!isKey(input.key)) return refuse('form.invalid');
  try {
    const offeringId = await offeringIdOf(input.offeringSlug);
    if (offeringId === null) return refuse('order.not-found');
    const key = input.key.toLowerCase();
    const answer = await orderCombiner().submit({
      investorId: actor.investorId,
      key,
      offeringId,
      kind: input.kind,
      asked: input.kind === 'BUY_AMOUNT' ? input.amountMinor : input.units,
      price: input.price,
      termsVersion: input.termsVersion,
      locale: actor.locale,
      consent: input.consent,
    });
    if (!answer.ok) return { ok: false, error: await explain(answer, input) };
    const { number, units, amountMinor, price, placedAt, replayed } = answer;
    return ok({ key, number, units, amountMinor, price, placedAt, replayed });
  } catch (error) {
    return refuseWhenAway(error);
  }
}

export async function offeringFactsOf(slug: string): Promise<OfferingFacts | null> {
  const known = factsBySlug.get(slug);
  if (known) return known;
  const offering = await read((db) => getOffering(db, slug));
  if (!offering) return null;
  const { id, method, currency, unitDecimals } = offering;
  const facts = { id, method, currency, unitDecimals };
  factsBySlug.set(slug, facts);
  return facts;
}

export const offeringIdOf = async (slug: string): Promise<number | null> => (await offeringFactsOf(slug))?.id ?? null;

/** Most orders are not refused, so the figures of a refusal's text are read only now. */
async function explain(answer: Extract<OrderAnswer, { ok: false }>, input: PlaceOrderInput): Promise<Refusal> {
  const offering = await read((db) => getOffering(db, input.offeringSlug));
  return offering ? wordable(answer, input, offering) : { code: answer.code };
}

/** The refusal with the figures of its text. */
export function wordable(
  { code, figure, amountMinor }: { code: ErrorCode; figure: bigint | null; amountMinor: bigint | null },
  request: OrderRequest,
  offering: OfferingView,
): Refusal {
  const units = (value: bigint) => ({ units: value, unitDecimals: offering.unitDecimals });
  const money = (value: bigint) => ({ money: value, currency: offering.currency });
  const field = 'asked';
  switch (code) {
    case 'order.not-open':
      return { code, params: { opens: { instant: offering.opensAt }, closes: { instant: offering.closesAt } } };
    case 'order.sold-out':
      return { code, params: { left: units(figure ?? 0n) }, field };
    case 'order.above-maximum':
      return { code, params: { maximum: units(offering.maxUnits), held: units(figure ?? 0n) }, field };
    case 'order.below-minimum': {
      const amount = amountForUnits(offering.minUnits, offering.price, offering);
      return {
        code,
        params: { minimum: request.kind === 'BUY_UNITS' ? units(offering.minUnits) : money(amount) },
        field,
      };
    }
    case 'order.not-a-lot':
      return { code, params: { lot: units(offering.lotUnits) }, field };
    case 'order.insufficient-cash': {
      const available = figure ?? 0n;
      return { code, params: { available: money(available), missing: money((amountMinor ?? 0n) - available) }, field };
    }
    case 'amount.zero':
    case 'amount.too-large':
      return { code, field };
    case 'order.consent-missing':
      return { code, field: 'consent' };
    default:
      return { code };
  }
}
