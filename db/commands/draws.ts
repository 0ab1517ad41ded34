/** What one side does towards the draw of a window (db/functions/draws.sql): each call is one transaction, safe to repeat. The session says who acts. */
import type { Sql } from '../client';

export const DRAW_REFUSALS = [
  'draw.no-window',
  'draw.closed',
  'draw.not-a-hash',
  'draw.committed-already',
  'draw.not-a-secret',
  'draw.no-commitment',
  'draw.wrong-secret',
  'draw.not-listed',
  'draw.too-late',
] as const;
export type DrawRefusalCode = (typeof DRAW_REFUSALS)[number];

/** Null where it is done, or was done before by the same call. */
export async function commitDrawSecret(
  sql: Sql,
  sessionId: string,
  offeringId: number,
  sha256: string,
): Promise<DrawRefusalCode | null> {
  const [row] = await sql<[{ code: DrawRefusalCode | null }]>`
    select commit_draw_secret(${sessionId}::text::uuid, ${offeringId}::integer, ${sha256}::text) as code`;
  return row.code;
}

export async function revealDrawSecret(
  sql: Sql,
  sessionId: string,
  offeringId: number,
  secret: string,
): Promise<DrawRefusalCode | null> {
  const [row] = await sql<[{ code: DrawRefusalCode | null }]>`
    select reveal_draw_secret(${sessionId}::text::uuid, ${offeringId}::integer, ${secret}::text) as code`;
  return row.code;
}
