/** Sessions as the site makes them, for requests of the benchmarks. */
import { randomUUID } from 'node:crypto';
import type { Sql } from '@/db/connect';
import { encodeSessionToken, sessionCookieName } from '@/lib/auth/session-token';

/** A `cookie` header for each person, in their order. */
export async function signIn(owner: Sql, people: readonly bigint[]): Promise<string[]> {
  const sessions = people.map((id) => ({ id: randomUUID(), userId: id }));
  await owner`
    insert into sessions (id, user_id, role, user_agent)
    select s.id::uuid, u.id, u.role, 'bench'
      from unnest(${sessions.map(({ id }) => id)}::text[], ${sessions.map(({ userId }) => String(userId))}::text[]) as s (id, user_id)
      join users u on u.id = s.user_id::bigint`;
  const name = sessionCookieName();
  return Promise.all(sessions.map(async ({ id }) => `${name}=${await encodeSessionToken(id)}`));
}
