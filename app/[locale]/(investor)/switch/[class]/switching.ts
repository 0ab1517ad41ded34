/** What the pages of a switch between classes show, from figures read now. The service decides again under its locks. */
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { type DealingTicket, getSwitchPage } from '@/db/queries/investor-pages';
import type { MidRateLine } from '@/db/queries/wallets';
import { requireInvestor } from '@/lib/auth/session';
import { type DealingTimes, dealingTimes } from '@/lib/domain/calendar/dealing-times';
import { calendarOf } from '@/lib/domain/calendar/holidays';
import { switchAskedOf, type TypedSwitch } from '@/lib/domain/dealing/asked';
import type { DealingRefusal } from '@/lib/domain/dealing/decide';
import { estimateDealing } from '@/lib/domain/dealing/estimate';
import { decideSwitch } from '@/lib/domain/dealing/switch';
import { convertAtRate, dealtRateE4 } from '@/lib/domain/money/conversion';
import { instantOf } from '@/lib/domain/offerings/local-time';
import { unitsForAmount } from '@/lib/domain/orders/pricing';
import { decimalString } from '@/lib/i18n/format';
import { ok, type Result } from '@/lib/result';
import { dealingRefusal } from '@/lib/services/dealing-refusal';
import { isDealing, loadDealing, timesNow } from '../../deal/[class]/ticket';

export type Switching = {
  from: DealingTicket;
  into: DealingTicket;
  targets: DealingTicket[];
  midRate: MidRateLine | null;
};

/** The class and those that its units can be switched into, or null where there is none; asked once a request. */
const loadTargets = cache(async (name: string): Promise<Omit<Switching, 'into'> | null> => {
  const { investorId } = await requireInvestor();
  const from = await loadDealing(name);
  if (!from) return null;
  const { targets, midRate } = await getSwitchPage(investorId, from.unitClass.code);
  const loaded = await Promise.all(targets.map((code) => loadDealing(code.toLowerCase())));
  return { from, targets: loaded.filter((one) => one !== null), midRate };
});

/** `to` names one of the targets; the first where it names none. */
export async function loadSwitching(name: string, to: string): Promise<Switching | null> {
  const loaded = await loadTargets(name);
  const into = loaded?.targets.find(({ unitClass }) => unitClass.code.toLowerCase() === to) ?? loaded?.targets[0];
  return loaded && into ? { ...loaded, into } : null;
}

/** The same for an action, which is only ever called from a page of a class that is there. */
export const assertSwitching = async (name: string, to: string): Promise<Switching> =>
  (await loadSwitching(name, to)) ?? notFound();

/** The document and the consent come later in a ticket and are not asked for here. */
function decide({ from, into }: Switching, units: bigint | null) {
  const { unitClass, reader, readAt } = from;
  const { dealingDate } = timesNow(from);
  const facts = {
    person: { ...reader, openedProspectus: true, agreed: true },
    unitClass: { ...unitClass, classId: unitClass.id, dealing: isDealing(from), lastPrice: null },
    toClass: { country: into.unitClass.country, dealing: isDealing(into) },
    ...{ expectedDate: dealingDate, dealingDate, now: readAt },
  };
  return decideSwitch(facts, { units });
}

/** What stands against any switch between the two, before figures are known. */
export function refusalOfAll(switching: Switching): DealingRefusal | null {
  const decision = decide(switching, null);
  return decision.ok ? null : decision.code;
}

export type SwitchEstimate = {
  units: bigint;
  /** In the currency of the class that is given up; null where no price has been published yet, as all that follows from it. */
  grossMinor: bigint | null;
  levyMinor: bigint | null;
  payoutMinor: bigint | null;
  /** In that of the other class, and the rate where they differ. */
  carriedMinor: bigint | null;
  rateE4: bigint | null;
  boughtUnits: bigint | null;
};

export type SwitchQuote = { estimate: SwitchEstimate; normalised: TypedSwitch };

/** What the switch would set aside now, and come to at the last published prices. */
export function quoteSwitch(switching: Switching, typed: TypedSwitch): Result<SwitchQuote> {
  const { unitClass, reader } = switching.from;
  const asked = switchAskedOf(unitClass, typed);
  if (!asked.ok) return asked;
  const decision = decide(switching, asked.value);
  if (!decision.ok) {
    const refusal = { code: decision.code, figure: reader.freeUnits };
    const order = { kind: typed.kind, asked: asked.value ?? 0n };
    return { ok: false, error: dealingRefusal(refusal, order, { ...unitClass, lastPrice: null }) };
  }
  const { reservedUnits } = decision.value;
  const units = typed.kind === 'SELL_ALL' ? '' : decimalString(reservedUnits, unitClass.unitDecimals);
  const to = switching.into.unitClass.code.toLowerCase();
  return ok({ estimate: estimate(switching, reservedUnits), normalised: { kind: typed.kind, to, units } });
}

function estimate({ from, into, midRate }: Switching, units: bigint): SwitchEstimate {
  const none = {
    grossMinor: null,
    levyMinor: null,
    payoutMinor: null,
    carriedMinor: null,
    rateE4: null,
    boughtUnits: null,
  };
  if (!from.nav) return { units, ...none };
  const { currency } = from.unitClass;
  const terms = { ...from.unitClass, levyE4: BigInt(from.unitClass.levyE4) };
  const sold = estimateDealing('SELL_UNITS', units, from.nav.price, terms);
  if (sold.side !== 'SELL') return { units, ...none };
  const { grossMinor, levyMinor, payoutMinor } = sold;
  const converts = currency !== into.unitClass.currency;
  const rateE4 = converts && midRate ? dealtRateE4(midRate, currency) : null;
  const carriedMinor = !converts ? payoutMinor : rateE4 && convertAtRate(payoutMinor, currency, rateE4);
  const boughtUnits =
    carriedMinor !== null && into.nav ? unitsForAmount(carriedMinor, into.nav.price, into.unitClass) : null;
  return { units, grossMinor, levyMinor, payoutMinor, carriedMinor, rateE4, boughtUnits };
}

/** When the money of a switch that is placed now buys, by the calendar: the first day of the other class after it is paid. */
export function buyingTimes({ from, into }: Switching): DealingTimes {
  const { payoutDate } = timesNow(from);
  const paid = instantOf(`${payoutDate}T00:00`, from.unitClass.timeZone);
  if (!paid) throw new RangeError(`There is no midnight on ${payoutDate} in ${from.unitClass.timeZone}.`);
  return dealingTimes(paid, into.unitClass, calendarOf(from.holidays));
}
