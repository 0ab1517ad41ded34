/**
 * Sale by window in the demonstration: one that closed yesterday, was drawn and allotted, and two that are open and asked for. Through the functions
 * that the site calls, with the system's clock set to each hour in turn. What the operators did in it comes after all else that is in their log.
 */
import { createHash } from 'node:crypto';
import { commitmentOf } from '@/lib/domain/allotment/seed';
import { COUNTRIES, type Locale } from '@/lib/domain/states';
import { PERSONAS } from '@/scripts/lib/personas.mjs';
import { advanceAllotment, claimAllotment, countDemand } from '../commands/allotments';
import { depositCash } from '../commands/cash';
import { placeSubscription } from '../commands/subscriptions';
import type { Sql } from '../connect';
import { CROWD } from './crowd';
import { Minutes } from './governance';
import { keyOf, pick } from './keys';
import { FIRST_WINDOW_JP, type OfferingRow, SECOND_WINDOW_JP, SECOND_WINDOW_US } from './offerings';

const hours = (count: number) => count / 24;
const secretOf = (side: string) => createHash('sha256').update(`wakachi seed secret ${side}`).digest('hex');

type Applicant = { id: bigint; locale: Locale; lots: bigint };

/** So many of the crowd of a country, and what each asks for, in lots. */
function applicantsOf(name: string, country: 'US' | 'JP', count: number, sizes: readonly bigint[]): Applicant[] {
  const members = CROWD.filter((member) => member.country === country).slice(0, count);
  const locale = country === 'US' ? 'en' : 'ja';
  return members.map(({ id }) => ({ id, locale, lots: pick(sizes, `${name} ${id}`) }));
}

export async function playWindows(sql: Sql, now: Date, offerings: OfferingRow[]): Promise<void> {
  const minutes = new Minutes(sql, now);
  const rowOf = (id: number) => {
    const row = offerings.find((offering) => offering.id === id);
    if (!row) throw new Error(`There is no offering ${id}.`);
    return row;
  };
  await minutes.at(5);
  const japanese: Applicant = { id: BigInt(PERSONAS.japanese.id), locale: 'ja', lots: 60n };
  await subscribeAll(sql, rowOf(FIRST_WINDOW_JP), [japanese]);
  await subscribeAll(
    sql,
    rowOf(FIRST_WINDOW_JP),
    applicantsOf('first', 'JP', 110, [10n, 10n, 20n, 30n, 50n, 80n, 100n, 30n]),
  );
  await minutes.at(3);
  await subscribeAll(sql, rowOf(SECOND_WINDOW_US), applicantsOf('second', 'US', 80, [10n, 20n, 30n, 40n, 20n]));
  await subscribeAll(sql, rowOf(SECOND_WINDOW_JP), applicantsOf('second', 'JP', 120, [10n, 20n, 30n, 50n, 80n, 20n]));
  await allotFirst(sql, minutes, rowOf(FIRST_WINDOW_JP));
  await minutes.end();
  await sql`update clock set mode = 'STEPPED', at = ${now.toISOString()}::text::timestamptz`;
  await countDemand(sql);
}

/** Cash for it, the prospectus, and the subscription. */
async function subscribeAll(sql: Sql, offering: OfferingRow, applicants: Applicant[]): Promise<void> {
  const [quoted] = await sql<{ unit: bigint; currency: 'USD' | 'JPY' }[]>`
    select currency, ceil(o.lot_units * o.price * power(10::numeric, greatest(a.decimals - c.price_decimals, 0))
             / (c.quote_units * power(10::numeric, greatest(c.price_decimals - a.decimals, 0))))::bigint as unit
      from offerings o join unit_classes c on c.id = o.class_id join assets a on a.id = c.currency_asset_id where o.id = ${offering.id}::integer`;
  if (!quoted) throw new Error('There is no such offering.');
  const holders = await sql<{ id: bigint; units: bigint }[]>`
    select h.investor_id as id, h.units from holdings h where h.class_id = ${offering.classId}::smallint`;
  const held = new Map(holders.map(({ id, units }) => [id, units]));
  for (const { id: investorId, locale, lots } of applicants) {
    // Whoever holds so much already that they may not ask for it stays away.
    if ((held.get(investorId) ?? 0n) + lots * offering.lotUnits > offering.maxUnits) continue;
    const name = `${offering.slug} ${investorId}`;
    const cash = { investorId, currency: quoted.currency, amountMinor: lots * quoted.unit };
    done(await depositCash(sql, { ...cash, key: keyOf(`window cash ${name}`) }));
    await sql`
      insert into consents (investor_id, document_version_id, act, locale, sha256)
      select ${investorId}::bigint, document_version_id, 'OPENED', locale, sha256 from document_texts
       where document_version_id = ${offering.prospectusId}::integer and locale = ${locale}::text::locale
          on conflict do nothing`;
    const call = { investorId, key: keyOf(`subscription ${name}`), offeringId: offering.id, locale, consent: true };
    const terms = {
      kind: 'BUY_UNITS' as const,
      asked: lots * offering.lotUnits,
      price: offering.price,
      termsVersion: 1,
    };
    done(await placeSubscription(sql, { ...call, ...terms }));
  }
}

/** Both sides commit, the window closes, both reveal, both sign, and the run goes through. */
async function allotFirst(sql: Sql, minutes: Minutes, { id, slug }: OfferingRow): Promise<void> {
  await minutes.at(hours(22));
  for (const side of COUNTRIES) {
    const sha256 = commitmentOf(slug, side, secretOf(side));
    await told(
      sql`select commit_draw_secret(${await minutes.session(operatorOf(side))}::text::uuid, ${id}::integer, ${sha256}) as code`,
    );
  }
  await minutes.at(hours(20));
  await sql`select advance_offerings()`;
  const salt = createHash('sha256').update('wakachi seed salt').digest('hex');
  await sql`select list_applicants(${id}::integer, decode(${salt}, 'hex'))`;
  await minutes.at(hours(19));
  for (const side of COUNTRIES) {
    await told(
      sql`select reveal_draw_secret(${await minutes.session(operatorOf(side))}::text::uuid, ${id}::integer, ${secretOf(side)}) as code`,
    );
  }
  await minutes.at(hours(17));
  const [draw] = await sql<
    { list: string }[]
  >`select list_sha256 as list from draws where offering_id = ${id}::integer`;
  const payload = { offering: slug, listSha256: draw?.list ?? '' };
  const proposal = await minutes.propose('manager', `${slug} allotment`, { kind: 'ALLOTMENT', payload });
  await minutes.at(hours(16));
  await minutes.sign(proposal, 'usOperator', 'jpOperator');
  const fence = (await claimAllotment(sql, id, 60)) ?? 0;
  for (let step = ''; step !== 'MAIL'; ) step = (await advanceAllotment(sql, id, fence))?.step ?? 'MAIL';
  // The mails of the demonstration's past have long been read.
  await sql`update allotment_runs set step = 'DONE', chunks_done = chunks, finished_at = app_now(), leased_until = null where offering_id = ${id}::integer`;
}

const operatorOf = (side: 'US' | 'JP') => (side === 'US' ? 'usOperator2' : 'jpOperator2');

async function told(call: PromiseLike<readonly { code?: string | null }[]>): Promise<void> {
  const [row] = await call;
  if (row?.code) throw new Error(`The demonstration's draw was refused: ${row.code}.`);
}

function done(answer: { ok: boolean; code?: string }): void {
  if (!answer.ok) throw new Error(`The demonstration's window was refused: ${answer.code}.`);
}
