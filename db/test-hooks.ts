/** For *.db.test.ts files: `const database = testDatabase();` at the top gives the file a database, and points `db/client` at it. */
import { afterAll, beforeAll } from 'vitest';
import { setEnv } from '@/lib/env';
import { closeDatabase } from './client';
import { connect, type Sql } from './connect';
import { type ClusterName, type Contents, createTestDatabase, type TestDatabase } from './test-database';

/** `owner` is a connection as the owner of the tables. The fields can be read inside tests and hooks, not while the file is loading. */
export type TestContext = TestDatabase & { owner: Sql };

const LONG = {
  statementMs: 60_000,
  lockMs: 60_000,
  idleInTransactionMs: 60_000,
  silenceMs: 120_000,
  connectSeconds: 5,
};

export function testDatabase(contents: Contents = 'migrated', cluster: ClusterName = 'test'): TestContext {
  const context = {} as TestContext;
  beforeAll(async () => {
    Object.assign(context, await createTestDatabase(contents, cluster));
    context.owner = connect(context.ownerUrl, { max: 4, name: 'test-owner', deadlines: LONG });
    setEnv({ DATABASE_URL: context.ownerUrl, APP_DATABASE_URL: context.appUrl, AUTH_SECRET: context.authSecret });
  }, 120_000);
  afterAll(async () => {
    await closeDatabase();
    await context.owner?.end({ timeout: 5 });
    await context.drop?.();
  });
  return context;
}
