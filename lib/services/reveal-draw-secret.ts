import { read } from '@/db/client';
import * as draws from '@/db/commands/draws';
import type { Result } from '@/lib/result';
import { actOnDraw, type DrawActor, readSecret } from './draw-result';

/** Reveals the secret that the actor's side committed to, once the list of applicants stands and until the deadline. */
export async function revealDrawSecret(
  actor: DrawActor,
  input: { slug: string; secret: string },
): Promise<Result<null>> {
  const secret = readSecret(input.secret);
  return actOnDraw(actor, input.slug, (offeringId) =>
    secret === null
      ? Promise.resolve('draw.not-a-secret')
      : read((_, sql) => draws.revealDrawSecret(sql, actor.sessionId, offeringId, secret)),
  );
}
