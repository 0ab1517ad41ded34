/** Data that is broken on purpose, and what `npm run verify` says of it: the tests of db/queries/verify*.ts. */
import { expect } from 'vitest';
import { withdrawSubscription } from './commands/subscriptions';
import type { Sql } from './connect';
import { type Acknowledged, verifyInvariants } from './queries/verify';
import { addInvestors, addOffering, fund } from './test-scene';
import { closeWindow, finishAllotment, startAllotment, subscribe } from './test-window';

/** Exactly the lines that the statements turn red: where one invariant follows from another, both. */
export type Break = { name: string; statements: string[]; red: string[] };

/** What is red after `statements`, which are rolled back; without triggers, and without the constraints that are named. */
export async function redAfter(
  superuser: Sql,
  statements: string[],
  acknowledged: Acknowledged[] | null = null,
): Promise<string[]> {
  let red: string[] = [];
  const undo = new Error('undo');
  await superuser
    .begin(async (tx) => {
      await tx.unsafe('set local session_replication_role = replica');
      for (const statement of statements) {
        const { count, command } = await tx.unsafe(statement);
        // A break that hits no row would prove nothing.
        if (['UPDATE', 'DELETE', 'INSERT'].includes(command)) expect(count, statement).toBeGreaterThan(0);
      }
      red = (await verifyInvariants(tx, acknowledged)).filter(({ ok }) => ok === false).map(({ id }) => id);
      throw undo;
    })
    .catch((error) => {
      if (error !== undo) throw error;
    });
  return red;
}

export const without = (table: string, constraint: string) => `alter table ${table} drop constraint ${constraint}`;
export const onePosting = (where: string) =>
  `(investor_id, asset_id, account, version) = (select investor_id, asset_id, account, version from postings where ${where} order by journal_id limit 1)`;

/** A window that is allotted, with more asked for than offered, and one that is open; in both somebody has thought better of it. */
export async function windowHistory(owner: Sql): Promise<void> {
  const [{ now } = { now: new Date(0) }] = await owner<{ now: Date }[]>`select app_now() as now`;
  const people = await addInvestors(owner, 5);
  await fund(owner, people, 'USD', 100_000n);
  for (const [name, days] of [
    ['allotted', 1],
    ['open', 30],
  ] as const) {
    const offering = await addOffering(owner, {
      method: 'QUANTITY_CEILING',
      sizeUnits: 4_000n,
      lotUnits: 100n,
      maxUnits: 5_000n,
      closesAt: new Date(now.getTime() + days * 86_400_000),
    });
    await owner`update offerings set slug = ${`window-${name}`} where id = ${offering}`;
    for (const [n, person] of people.entries())
      await subscribe(owner, person, offering, [300n, 1_000n, 2_000n, 2_000n, 900n][n] ?? 0n);
    const [fifth = 0n] = people.slice(-1);
    const [{ key = '' } = {}] = await owner<{ key: string }[]>`
      select key::text from subscriptions where investor_id = ${fifth} and offering_id = ${offering}`;
    const withdrawn = await withdrawSubscription(owner, {
      investorId: fifth,
      key: crypto.randomUUID(),
      subscription: key,
    });
    expect(withdrawn).toMatchObject({ ok: true });
    if (name === 'allotted') {
      await closeWindow(owner, offering);
      await startAllotment(owner, offering, 3);
      await finishAllotment(owner, offering);
    }
  }
}

const windowNamed = (name: string) => `(select id from offerings where slug = 'window-${name}')`;
const ALLOTTED = `offering_id = ${windowNamed('allotted')}`;
const OPEN = `offering_id = ${windowNamed('open')} and state = 'ACTIVE'`;
const oneAllotted = `${ALLOTTED} and investor_id = (select max(investor_id) from allotments where ${ALLOTTED})`;

export const WINDOW_BREAKS: Break[] = [
  {
    name: 'a subscription holds more than was set aside for it',
    statements: [`update subscriptions set reserved_minor = reserved_minor + 1 where ${OPEN}`],
    red: ['O2', 'O5'],
  },
  {
    name: 'a subscription ends and gives nothing back',
    statements: [`update subscriptions set state = 'WITHDRAWN' where ${OPEN}`],
    red: ['O2', 'O5'],
  },
  {
    name: 'an act on a subscription is lost',
    statements: [`delete from subscription_acts where act = 'WITHDRAWN'`],
    red: ['I5', 'O5'],
  },
  {
    name: 'a subscription names an offering of another class',
    statements: [
      `update subscriptions set offering_id = (select min(id) from offerings where class_id = 2) where ${OPEN}`,
    ],
    red: ['R1'],
  },
  {
    name: 'a window offered less than it allotted',
    statements: [`update allotment_runs set supply_units = supply_units - 100 where ${ALLOTTED}`],
    red: ['A1'],
  },
  {
    name: 'a run noted other units than it allotted',
    statements: [`update allotment_runs set allotted_units = allotted_units - 100 where ${ALLOTTED}`],
    red: ['A1'],
  },
  {
    name: 'units that are no whole lots',
    statements: [`update offerings set lot_units = 1000 where id = ${windowNamed('allotted')}`],
    red: ['A1'],
  },
  {
    name: 'somebody got more than they asked',
    statements: [`update applicants set units = units - 1900 where ${oneAllotted}`],
    red: ['A1', 'A2'],
  },
  {
    name: 'the list says something else than the subscriptions',
    statements: [`update applicants set subscribed_units = subscribed_units + 100 where ${oneAllotted}`],
    red: ['A2'],
  },
  {
    name: 'a person is missing from the list',
    statements: [`delete from applicants where ${oneAllotted}`],
    red: ['A1', 'A2', 'A4'],
  },
  {
    name: 'an allotment costs a cent more than its price',
    statements: [
      `update allotments set cost_minor = cost_minor + 1, refund_minor = refund_minor - 1 where ${oneAllotted}`,
    ],
    red: ['I5', 'A4'],
  },
  {
    name: 'an allotment is lost',
    statements: [`delete from allotments where ${oneAllotted}`],
    red: ['U1', 'U3', 'O2', 'I5', 'A1', 'A2'],
  },
  {
    name: 'a chunk of a run forgets its entry',
    statements: [`update allotment_chunks set journal_id = null where ${ALLOTTED}`],
    red: ['U1', 'U3', 'O2', 'I5', 'A4'],
  },
];
