/**
 * Switches スイッチング between classes of the fund (DOMAIN §6; docs/decisions/0024): a redemption like any other, whose proceeds buy another class once they
 * are paid. This is the reference for db/functions/switches.sql; property tests hold the two together.
 */
import { convertAtRate, dealtRateE4, type MidRate } from '../money/conversion';
import { MAX_TYPED } from '../money/parse';
import type { Currency, SwitchRelease } from '../states';
import {
  type DealingDecision,
  type DealingFacts,
  type DealtClass,
  decideDealing,
  refuseDocument,
  refusePurchaser,
} from './decide';

/** Units, or null for all that are free. */
export type SwitchRequest = { units: bigint | null };

/**
 * What the order that redeems sets aside. Whoever switches buys in the end, so what stands against a purchase of the other class stands against the switch;
 * it is looked at again when the money is there.
 */
export function decideSwitch(
  facts: DealingFacts & { toClass: Pick<DealtClass, 'country' | 'dealing'> },
  { units }: SwitchRequest,
): DealingDecision {
  const { person, toClass, now } = facts;
  const code =
    refusePurchaser(person, toClass.country, now) ??
    (toClass.dealing ? null : 'order.dealing-not-open') ??
    refuseDocument(person);
  if (code) return { ok: false, code };
  return decideDealing(facts, units === null ? { kind: 'SELL_ALL' } : { kind: 'SELL_UNITS', units });
}

/**
 * What becomes of the proceeds when they are paid: an order for the other class by amount, or free cash in their own currency, where the person may not have
 * such an order any more. `mid` is null while no rate is published: then they wait.
 */
export type CarriedOn = { order: bigint } | { release: SwitchRelease } | 'WAIT';

export function carryOn(
  payoutMinor: bigint,
  from: Currency,
  toClass: Pick<DealtClass, 'country' | 'currency'>,
  person: Pick<DealingFacts['person'], 'status' | 'country' | 'suitabilityExpiresAt' | 'openedProspectus' | 'agreed'>,
  mid: MidRate | null,
  now: Date,
): CarriedOn {
  const refused = refusePurchaser(person, toClass.country, now);
  if (refused) return { release: refused };
  if (payoutMinor > MAX_TYPED) return { release: 'amount.too-large' };
  let order = payoutMinor;
  if (from !== toClass.currency) {
    if (!mid) return 'WAIT';
    order = convertAtRate(payoutMinor, from, dealtRateE4(mid, from));
    if (order === 0n) return { release: 'cash.too-small' };
  }
  const document = refuseDocument(person);
  if (document) return { release: document };
  return order > MAX_TYPED ? { release: 'amount.too-large' } : { order };
}
