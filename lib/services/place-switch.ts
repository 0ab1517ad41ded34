import { read, withInvestor } from '@/db/client';
import * as commands from '@/db/commands/switches';
import { getDealtClass } from '@/db/queries/dealing';
import { switchAskedOf, type TypedSwitch } from '@/lib/domain/dealing/asked';
import { ok, type Result, refuse } from '@/lib/result';
import type { Actor } from './actor';
import { byKey } from './by-key';
import { dealingRefusal } from './dealing-refusal';
import { isKey } from './key';
import type { PlacedDealingOrder } from './place-dealing-order';
import { refuseWhenAway } from './refusals';
import { tellOfOrder } from './tell-of-order';

export type PlaceSwitchInput = {
  classCode: string;
  toClassCode: string;
  /** A UUID made when the form was first shown: the same one again is the same switch. */
  key: string;
  typed: TypedSwitch;
  /** The dealing day of the class that is given up, as the review page showed it. */
  dealingDate: string;
  /** "I have read the prospectus" was ticked. */
  consent: boolean;
};

/** Switches スイッチング units of a class into another one of the fund. The database decides under its lock; the rules are those of lib/domain/dealing/switch. */
export async function placeSwitch(actor: Actor, input: PlaceSwitchInput): Promise<Result<PlacedDealingOrder>> {
  if (!isKey(input.key)) return refuse('form.invalid');
  try {
    const [from, into] = await Promise.all([
      read((db) => getDealtClass(db, input.classCode)),
      read((db) => getDealtClass(db, input.toClassCode)),
    ]);
    if (!from || !into) return refuse('dealing.no-such-class');
    const asked = switchAskedOf(from, input.typed);
    if (!asked.ok) return asked;
    const { dealingDate, consent } = input;
    const between = { classId: from.id, toClassId: into.id, units: asked.value };
    const call = { ...actor, ...between, key: input.key.toLowerCase(), dealingDate, consent };
    const answer = await byKey(() =>
      withInvestor(actor.investorId, async (tx, sql) => {
        const placed = await commands.placeSwitch(sql, call);
        if (placed.ok && !placed.replayed) await tellOfOrder(tx, actor.investorId, call.key, 'dealing-accepted');
        return placed;
      }),
    );
    const { kind } = input.typed;
    if (!answer.ok) return { ok: false, error: dealingRefusal(answer, { kind, asked: asked.value ?? 0n }, from) };
    const { ok: _, ...placed } = answer;
    return ok(placed);
  } catch (error) {
    return refuseWhenAway(error);
  }
}
