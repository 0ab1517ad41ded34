/** What a session of staff opens, and what keeps everything else shut (TRUST, "Operators" and "Session"). */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { SESSION_LIFETIMES } from '@/lib/domain/people/session';
import { ROLES, type Role } from '@/lib/domain/states';
import { transaction, withInvestor, withStaff } from './client';
import { depositCash, requestWithdrawal } from './commands/cash';
import { placeOrders } from './commands/orders';
import { driverError } from './errors';
import { checkSession } from './queries/people';
import { testDatabase } from './test-hooks';
import { addInvestors, addOffering, addStaff, setFund } from './test-scene';

const database = testDatabase();
let people: bigint[];
let operator: Awaited<ReturnType<typeof addStaff>>;

beforeAll(async () => {
  await setFund(database.owner);
  const offeringId = await addOffering(database.owner);
  people = await addInvestors(database.owner, 2);
  operator = await addStaff(database.owner);
  for (const investorId of people) {
    const cash = { investorId, currency: 'USD', amountMinor: 100_000n } as const;
    await depositCash(database.owner, { ...cash, key: randomUUID() });
    await requestWithdrawal(database.owner, { ...cash, amountMinor: 5_000n, key: randomUUID() });
    const order = {
      kind: 'BUY_UNITS',
      asked: 1_000n,
      price: 100_000n,
      termsVersion: 1,
      locale: 'en',
      consent: true,
    } as const;
    await placeOrders(database.owner, [{ ...order, investorId, key: randomUUID(), offeringId }]);
    await database.owner`insert into identity_events (investor_id, sequence, state, reason) values (${investorId}, 1, 'DRAFT', 'started')`;
    await database.owner`insert into eligibility_appeals (investor_id, sequence, reason, message) values (${investorId}, 1, 'all-met', 'Please.')`;
    await database.owner`
      insert into suitability_answers (investor_id, version, answers, outcome, expires_at) values (${investorId}, 1, '{}', 'SUITABLE', app_now())`;
  }
});

/** A session of a new account, changed before anybody asks for it. */
async function sessionOf(role: Role, change = '') {
  const { userId, sessionId } = role === 'CITIZEN' ? await citizenSession() : await addStaff(database.owner, { role });
  if (change) await database.owner.unsafe(`update sessions set ${change} where id = '${sessionId}'`);
  return { userId, sessionId };
}

async function citizenSession() {
  const [userId = 0n] = await addInvestors(database.owner, 1);
  const sessionId = randomUUID();
  await database.owner`insert into sessions (id, user_id, role, user_agent) values (${sessionId}, ${userId}, 'CITIZEN', 'test')`;
  return { userId, sessionId };
}

const TABLES = [
  'investors',
  'identity_events',
  'suitability_answers',
  'consents',
  'eligibility_appeals',
  'wallets',
  'holdings',
  'orders',
  'reservations',
  'cash_movements',
  'postings',
] as const;

const count = (sessionId: string, table: string) =>
  withStaff(sessionId, async (_, sql) => {
    const [row] = await sql.unsafe<{ n: number }[]>(`select count(distinct ${keyOf(table)})::int as n from ${table}`);
    return row?.n ?? 0;
  });
const keyOf = (table: string) => (table.startsWith('staff') ? 'user_id' : 'investor_id');

describe.each([...TABLES, 'staff', 'staff_accounts'])('%s', (table) => {
  test('shows every row to a live session of any role of staff', async () => {
    const [all] = await database.owner.unsafe<{ n: number }[]>(
      `select count(distinct ${table === 'staff_accounts' ? 'id' : keyOf(table)})::int as n from ${table === 'staff_accounts' ? 'users' : table}`,
    );
    expect(all?.n).toBeGreaterThan(0);
    expect(await count(operator.sessionId, table)).toBe(all?.n);
  });

  test('shows nothing to a citizen, an ended session, a forged one, or none', async () => {
    const citizen = await sessionOf('CITIZEN');
    const ended = await sessionOf('OPERATOR', 'ended_at = statement_timestamp()');
    for (const sessionId of [citizen.sessionId, ended.sessionId, randomUUID(), '']) {
      expect(await count(sessionId, table), sessionId).toBe(0);
    }
    const [nobody] = await transaction((_, sql) => sql.unsafe(`select count(*)::int as n from ${table}`));
    expect(nobody).toEqual({ n: 0 });
  });

  test('is for reading alone', async () => {
    for (const statement of [
      `update ${table} set ${keyOf(table)} = 1`,
      `delete from ${table}`,
      `insert into ${table} default values`,
    ]) {
      const refused = await withStaff(operator.sessionId, (_, sql) => sql.unsafe(statement)).catch(driverError);
      expect(['42501', '23502'], statement).toContain((refused as { code?: string }).code);
    }
  });
});

test('a person still sees their own rows and no one else’s', async () => {
  const [ann = 0n] = people;
  expect([...(await withInvestor(ann, (_, sql) => sql`select distinct investor_id as id from orders`))]).toEqual([
    { id: ann },
  ]);
});

test('what a person may change of their own, staff may not change of theirs', async () => {
  const changed = await withStaff(
    operator.sessionId,
    (_, sql) => sql`update investors set city = 'x' returning investor_id`,
  );
  expect([...changed]).toEqual([]);
});

test.each(['users', 'sessions', 'email_tokens', 'mails', 'idempotency_keys'])(
  'secrets in %s stay shut to staff',
  async (table) => {
    expect(
      await database.owner.unsafe(`select 1 from ${table === 'users' ? 'users' : 'sessions'} limit 1`),
    ).toHaveLength(1);
    const seen = await withStaff(operator.sessionId, (_, sql) => sql.unsafe(`select 1 from ${table}`)).catch(
      driverError,
    );
    if (Array.isArray(seen)) expect([...seen]).toEqual([]);
    else expect(seen).toMatchObject({ code: '42501' });
  },
);

const require = async (sessionId: string | null, roles: Role[]) => {
  const [row] = await database.owner`
    select user_id as "userId", role, side, person_id as "personId" from require_staff(${sessionId}, ${`{${roles.join(',')}}`}::text::role[])`;
  return row;
};

describe('require_staff', () => {
  test('says who acts', async () => {
    const expected = { userId: operator.userId, role: 'OPERATOR', side: 'US', personId: operator.personId };
    expect(await require(operator.sessionId, ['OPERATOR'])).toEqual(expected);
    const manager = await addStaff(database.owner, { role: 'MANAGER' });
    expect(await require(manager.sessionId, ['OPERATOR', 'MANAGER'])).toMatchObject({ role: 'MANAGER', side: null });
  });

  const { idle, longest } = SESSION_LIFETIMES.staff;
  const WRONG: [what: string, role: Role, change: string][] = [
    ['a citizen', 'CITIZEN', ''],
    ['another role', 'AUDITOR', ''],
    ['a session whose second step is not done', 'OPERATOR', 'second_factor_at = null'],
    ['an ended session', 'OPERATOR', 'ended_at = statement_timestamp()'],
    ['an idle session', 'OPERATOR', `last_seen_at = statement_timestamp() - interval '${idle} seconds'`],
    ['a session past its longest', 'OPERATOR', `created_at = statement_timestamp() - interval '${longest} seconds'`],
    ['a session begun in another role', 'OPERATOR', `role = 'MANAGER'`],
  ];
  test.each(WRONG)('refuses %s', async (_, role, change) => {
    const { sessionId } = await sessionOf(role, change);
    await expect(require(sessionId, ['OPERATOR']).catch(driverError)).resolves.toMatchObject({ code: '42501' });
  });

  test('refuses a citizen whatever roles a command lets in, and nobody at all', async () => {
    const { sessionId } = await sessionOf('CITIZEN');
    for (const id of [sessionId, randomUUID(), null]) {
      await expect(require(id, [...ROLES]).catch(driverError)).resolves.toMatchObject({ code: '42501' });
    }
  });

  test('refuses an account of staff that belongs to nobody, and one whose role was taken away', async () => {
    const lost = await addStaff(database.owner);
    await database.owner`delete from staff where user_id = ${lost.userId}`;
    const demoted = await addStaff(database.owner);
    await database.owner`update users set role = 'CITIZEN', side = null where id = ${demoted.userId}`;
    for (const { sessionId } of [lost, demoted]) {
      await expect(require(sessionId, ['OPERATOR']).catch(driverError)).resolves.toMatchObject({ code: '42501' });
      expect(await count(sessionId, 'orders')).toBe(0);
    }
  });

  test('is not the site’s to call', async () => {
    for (const call of [
      `require_staff('${operator.sessionId}', '{OPERATOR}')`,
      `staff_of_session('${operator.sessionId}')`,
    ]) {
      const refused = await withStaff(operator.sessionId, (_, sql) => sql.unsafe(`select ${call}`)).catch(driverError);
      expect(refused, call).toMatchObject({ code: '42501' });
    }
  });
});

/** Every function of staff that the site may call, also those that come later; check_session is for everybody. */
const listCommands = () => database.owner<{ name: string; types: string[] }[]>`
  select p.proname as name, array(select format_type(t, null) from unnest(p.proargtypes::oid[]) with ordinality a (t, n) where n > 1 order by n) as types
    from pg_proc p
   where p.pronamespace = 'public'::regnamespace and p.proargnames[1] = 'p_session' and p.proname <> 'check_session'
     and has_function_privilege('wakachi_app', p.oid, 'execute')
   order by 1`;

test('no command of staff does anything for a session that was made up, has ended, waits for its second step, or is a citizen’s', async () => {
  const commands = await listCommands();
  expect(commands.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'propose',
      'sign_proposal',
      'reject_proposal',
      'save_offering_draft',
      'commit_draw_secret',
    ]),
  );
  const sessions = [
    randomUUID() as string,
    (await sessionOf('OPERATOR', 'ended_at = statement_timestamp()')).sessionId,
    (await sessionOf('OPERATOR', 'second_factor_at = null')).sessionId,
    (await sessionOf('CITIZEN')).sessionId,
  ];
  for (const { name, types } of commands)
    for (const sessionId of sessions) {
      const call = `select * from ${name}(${[`'${sessionId}'::uuid`, ...types.map((type) => `null::${type}`)].join(', ')})`;
      const refused = await transaction((_, sql) => sql.unsafe(call)).catch(driverError);
      expect(refused, call).toMatchObject({ code: '42501' });
    }
});

test.each([
  ['idle', 'last_seen_at'],
  ['longest', 'created_at'],
] as const)('a session of staff is as long alive for commands as for pages: %s', async (limit, column) => {
  const seconds = SESSION_LIFETIMES.staff[limit];
  for (const [age, alive] of [
    [seconds - 60, true],
    [seconds + 1, false],
  ] as const) {
    const { sessionId } = await sessionOf('OPERATOR', `${column} = statement_timestamp() - interval '${age} seconds'`);
    expect((await count(sessionId, 'staff')) > 0, `reads at ${age} s`).toBe(alive);
    expect((await require(sessionId, ['OPERATOR']).catch(() => null)) !== null, `acts at ${age} s`).toBe(alive);
    // Asked last, since it notes that the session was seen.
    expect((await checkSession(sessionId)) !== null, `pages at ${age} s`).toBe(alive);
  }
});
