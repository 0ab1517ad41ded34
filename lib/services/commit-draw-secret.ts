import { read } from '@/db/client';
import * as draws from '@/db/commands/draws';
import { commitmentOf } from '@/lib/domain/allotment/seed';
import type { Result } from '@/lib/result';
import { actOnDraw, type DrawActor, readSecret } from './draw-result';

/** Commits the actor's side to a secret, before the window closes: the hash is kept, and the secret is forgotten. `secret` is 64 hex digits. */
export async function commitDrawSecret(
  actor: DrawActor,
  input: { slug: string; secret: string },
): Promise<Result<null>> {
  const secret = readSecret(input.secret);
  return actOnDraw(actor, input.slug, (offeringId, side) =>
    secret === null
      ? Promise.resolve('draw.not-a-secret')
      : read((_, sql) =>
          draws.commitDrawSecret(sql, actor.sessionId, offeringId, commitmentOf(input.slug, side, secret)),
        ),
  );
}
