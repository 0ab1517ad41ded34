/**
 * The only reader of process.env. Everything else asks here, so that this file is the complete list of what can be configured.
 * Values are read when asked for, not at import: a build knows no database.
 */
import { z } from 'zod';

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  /** The database as its owner: migrations, seeds, the job worker's schema. Set by `npm start` for the embedded server. */
  DATABASE_URL: z.string().min(1).optional(),
  /** The database as the role that the site uses: it can read under row-level security and call the functions granted to it. */
  APP_DATABASE_URL: z.string().min(1).optional(),
  /** Signs session tokens and derives the password of the site's database role. At least 32 characters. */
  AUTH_SECRET: z.string().min(32).optional(),
  /** The address that people see, without a slash at its end: links in mails and the origin check use it. */
  SITE_URL: z.url().default('http://localhost:3000'),
  /** Real mail; without it mails go to the outbox that a page shows to testers. */
  SMTP_URL: z.string().min(1).optional(),
  MAIL_FROM: z.string().default('Wakachi <no-reply@wakachi.invalid>'),
  /** `off` takes the testers' tools away: the outbox page, the clock, the personas. */
  SIMULATION: z.enum(['on', 'off']).default('on'),
  /** How many proxies in front of the site are trusted to name the caller's address. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).default(0),
  /** Connections of each of the two pools (reads, transactions) of a process. */
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/** A variable is missing or wrong: its message is one sentence for the person who starts the site. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError';
}

/** The validated environment. Throws an EnvironmentError naming the variable that is wrong. */
export function env(): Env {
  if (!parsed) {
    const result = schema.safeParse(process.env);
    if (!result.success) {
      const [issue] = result.error.issues;
      throw new EnvironmentError(`The environment variable ${issue?.path.join('.')} is not usable: ${issue?.message}`);
    }
    parsed = result.data;
  }
  return parsed;
}

/** A variable that this process cannot do without. Throws a sentence that names it. */
export function required(name: 'DATABASE_URL' | 'APP_DATABASE_URL' | 'AUTH_SECRET'): string {
  const value = env()[name];
  if (!value)
    throw new EnvironmentError(`The environment variable ${name} is not set. \`npm start\` sets it; see README.md.`);
  return value;
}

/** Sets variables of this process and reads them anew: for tests and scripts that choose a database as they run. */
export function setEnv(values: Partial<Record<keyof Env, string | undefined>>): void {
  for (const [name, value] of Object.entries(values)) {
    // Assigned, undefined would become the word.
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  parsed = undefined;
}
