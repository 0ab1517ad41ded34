/** A window as database tests take it from subscriptions to its end: the same functions as the site's, driven by hand. */
import { randomBytes } from 'node:crypto';
import { commitmentOf } from '@/lib/domain/allotment/seed';
import { advanceAllotment, claimAllotment, listAllotmentOutcomes, writeAllotmentMails } from './commands/allotments';
import { placeSubscription } from './commands/subscriptions';
import type { Sql } from './connect';
import { stopClock } from './test-clock';

export { stopClock };

/** Subscribes for units of an offering, at its terms. Throws when it is refused. Returns the key. */
export async function subscribe(sql: Sql, investorId: bigint, offeringId: number, units: bigint): Promise<string> {
  const [offering] = await sql<{ price: bigint; terms: number }[]>`
    select price, terms_version as terms from offerings where id = ${offeringId}`;
  const key = crypto.randomUUID();
  const answer = await placeSubscription(sql, {
    investorId,
    key,
    offeringId,
    kind: 'BUY_UNITS',
    asked: units,
    price: offering?.price ?? 0n,
    termsVersion: offering?.terms ?? 0,
    locale: 'en',
    consent: true,
  });
  if (!answer.ok) throw new Error(`The subscription was refused: ${answer.code}`);
  return key;
}

/** Commits one side to a secret, before the close; reveals it where `reveal` is called after it. */
export async function commitSide(
  owner: Sql,
  offeringId: number,
  side: 'US' | 'JP',
  secret = randomBytes(32).toString('hex'),
) {
  const [offering] = await owner<{ slug: string }[]>`select slug from offerings where id = ${offeringId}`;
  const commitment = commitmentOf(offering?.slug ?? '', side, secret);
  const [row] = await owner`select record_commitment(${side}, ${offeringId}, ${commitment}) as code`;
  if (row?.code !== null) throw new Error(`The commitment was refused: ${row?.code}`);
  return {
    side,
    commitment,
    secret,
    reveal: async () => {
      const [revealed] = await owner`select record_reveal(${side}, ${offeringId}, ${secret}) as code`;
      return (revealed?.code ?? null) as string | null;
    },
  };
}

/** Closes the window by its clock, and makes the list of applicants. The clock stands at the close afterwards. */
export async function closeWindow(owner: Sql, offeringId: number, salt?: Uint8Array) {
  const [offering] = await owner<
    { closes: Date }[]
  >`select closes_at as closes from offerings where id = ${offeringId}`;
  await stopClock(owner, offering?.closes ?? new Date(Number.NaN));
  await owner`select advance_offerings()`;
  await owner`select list_applicants(${offeringId}, ${salt ? Buffer.from(salt) : null})`;
}

/** Starts the run, at the pulse of the draw. */
export async function startAllotment(owner: Sql, offeringId: number, chunkPeople = 1_000) {
  const [draw] = await owner<{ pulse: Date }[]>`select pulse_at as pulse from draws where offering_id = ${offeringId}`;
  await stopClock(owner, draw?.pulse ?? new Date(Number.NaN));
  const [started] = await owner`select start_allotment(${offeringId}, null, ${chunkPeople}) as code`;
  if (started?.code !== null) throw new Error(`The run was refused: ${started?.code}`);
}

/** One step of the run with a lease of its own, the mails among them. False when it is done. */
export async function stepAllotment(sql: Sql, offeringId: number, fence: number): Promise<boolean> {
  const at = await advanceAllotment(sql, offeringId, fence);
  if (at?.step !== 'MAIL') return at !== null && at.step !== 'DONE';
  const outcomes = await listAllotmentOutcomes(sql, offeringId, fence);
  const texts = outcomes.map((outcome) => ({
    ...outcome,
    subject: 'Result',
    body: `${outcome.units} of ${outcome.askedUnits}`,
  }));
  const after = await writeAllotmentMails(sql, offeringId, fence, 'allotment', texts);
  return after !== null && after.step !== 'DONE';
}

/** The whole run, from wherever it stands. */
export async function finishAllotment(sql: Sql, offeringId: number) {
  const fence = await claimAllotment(sql, offeringId, 60);
  if (fence === null) throw new Error('The run is somebody else’s, or done.');
  while (await stepAllotment(sql, offeringId, fence));
}
