/**
 * Counting attempts (rate-limiter-flexible on Postgres). One upsert counts and answers, so that of a hundred attempts at once exactly the
 * limit passes. It commits by itself: a refused attempt counts too.
 */
import { createHash } from 'node:crypto';
import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible';
import { type Database, read } from '@/db/client';
import { rateLimits } from '@/db/schema/system';

export type Limit = { name: string; points: number; seconds: number };

// A limiter belongs to a pool: tests open several in one process.
const limiters = new WeakMap<Database, Map<string, RateLimiterDrizzle>>();

/** Counts one attempt. Null: it may go on. Otherwise the seconds until the next may be made. */
export async function consume(limit: Limit, subject: string): Promise<number | null> {
  return withLimiter(limit, async (limiter) => {
    try {
      await limiter.consume(keyOf(subject));
      return null;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
      throw refused;
    }
  });
}

/** Takes one attempt back: it was not what the limit is for. */
export async function giveBack(limit: Limit, subject: string): Promise<void> {
  await withLimiter(limit, (limiter) => limiter.reward(keyOf(subject)));
}

/** Forgets all attempts. */
export async function forget(limit: Limit, subject: string): Promise<void> {
  await withLimiter(limit, (limiter) => limiter.delete(keyOf(subject)));
}

/** Neither e-mail addresses nor network addresses stand in the table. */
const keyOf = (subject: string): string => createHash('sha256').update(subject).digest('base64url');

function withLimiter<T>(limit: Limit, work: (limiter: RateLimiterDrizzle) => Promise<T>): Promise<T> {
  return read(async (db) => {
    const known = limiters.get(db) ?? new Map<string, RateLimiterDrizzle>();
    limiters.set(db, known);
    const limiter =
      known.get(limit.name) ??
      new RateLimiterDrizzle({
        storeClient: db,
        schema: rateLimits,
        keyPrefix: limit.name,
        points: limit.points,
        duration: limit.seconds,
      });
    known.set(limit.name, limiter);
    return work(limiter);
  });
}
