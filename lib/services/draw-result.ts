import type { DrawRefusalCode } from '@/db/commands/draws';
import { driverError } from '@/db/errors';
import type { Country } from '@/lib/domain/states';
import { ok, type Result, refuse } from '@/lib/result';
import { byKey } from './by-key';
import { offeringIdOf } from './place-order';
import type { StaffActor } from './proposal-result';
import { refuseWhenAway } from './refusals';

/** An operator acts for their own side; the database says whether they may. */
export type DrawActor = StaffActor & { side: Country | null };

/** As it is hashed: 64 lower-case hex digits. Spaces, capitals and full width are what copying and typing add. Null where it is none. */
export function readSecret(typed: string): string | null {
  const secret = typed.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  return /^[0-9a-f]{64}$/.test(secret) ? secret : null;
}

/** Which refusals are about the secret that was typed. */
const OF_THE_SECRET: readonly DrawRefusalCode[] = ['draw.not-a-secret', 'draw.wrong-secret'];

/** Runs a command on the draw of an offering for the actor's side, again when its answer was lost: it answers the same the second time. */
export async function actOnDraw(
  actor: DrawActor,
  slug: string,
  command: (offeringId: number, side: Country) => Promise<DrawRefusalCode | null>,
): Promise<Result<null>> {
  const { side } = actor;
  if (side === null) return refuse('proposal.not-allowed');
  try {
    const offeringId = await offeringIdOf(slug);
    if (offeringId === null) return refuse('draw.no-window');
    const code = await byKey(() => command(offeringId, side));
    if (code === null) return ok(null);
    return refuse(code, OF_THE_SECRET.includes(code) ? { field: 'secret' } : {});
  } catch (error) {
    if (driverError(error)?.code === '42501') return refuse('proposal.session-over');
    return refuseWhenAway(error);
  }
}
