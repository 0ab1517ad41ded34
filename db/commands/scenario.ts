/** What a scenario needs beside the acts of people and the clock: its people, and days on which a market is closed. As the owner of the tables. */
import type { Country } from '@/lib/domain/states';
import type { Sql } from '../connect';

/** From this day on both classes are dealt at NAV. */
export async function startDealingOn(owner: Sql, day: string): Promise<void> {
  await owner`update unit_classes set dealing_from = ${day}`;
}

export async function closeMarket(owner: Sql, country: Country, day: string): Promise<void> {
  await owner`insert into market_holidays (country, day) values (${country}, ${day}) on conflict do nothing`;
}

/** Somebody who has signed up, was found eligible, and has read the newest prospectus; without cash. Answers with the number of their account. */
export async function joinPerson(owner: Sql, name: string, country: Country): Promise<bigint> {
  const [row] = await owner<{ id: bigint }[]>`
    with made as (
      insert into users (email, password_hash, locale)
      values (${`${name}@scenario.example`}, '-', ${country === 'JP' ? 'ja' : 'en'}) returning id
    ), investor as (
      insert into investors (investor_id, identity_state, status, status_reason, residence, country)
      select id, 'APPROVED', 'ELIGIBLE', 'all-met', ${country}, ${country} from made
    ), consent as (
      insert into consents (investor_id, document_version_id, act, locale, sha256, at)
      select m.id, t.document_version_id, act, t.locale, t.sha256, app_now()
        from made m, unnest(array['OPENED', 'AGREED']) act,
             (select t.* from document_texts t join document_versions d on d.id = t.document_version_id
               where d.kind = 'PROSPECTUS' and d.published_at <= app_now() and t.locale = 'en' order by d.version desc limit 1) t
    )
    select id from made`;
  if (!row) throw new Error(`${name} could not join.`);
  return row.id;
}

export type OpenOffering = { id: number; price: bigint; termsVersion: number };

/** The first-come offering of a country's class that opened last and is open; null where there is none. */
export async function findOpenOffering(owner: Sql, country: Country): Promise<OpenOffering | null> {
  const [row] = await owner<OpenOffering[]>`
    select o.id, o.price, o.terms_version as "termsVersion" from offerings o join unit_classes c on c.id = o.class_id
     where c.country = ${country} and o.method = 'FIRST_COME' and o.state = 'OPEN' order by o.opens_at desc, o.id limit 1`;
  return row ?? null;
}

/** The dealing day that an order has now. */
export async function dealingDayNow(owner: Sql, classId: number): Promise<string> {
  const [row] = await owner<{ day: string }[]>`
    select dealing_date::text as day from dealing_session(${classId}::smallint, app_now())`;
  if (!row) throw new Error(`Class ${classId} has no dealing day.`);
  return row.day;
}

/** The classes of the fund by country. */
export const listClassesByCountry = (owner: Sql): Promise<{ id: number; country: Country }[]> =>
  owner<{ id: number; country: Country }[]>`select id, country from unit_classes order by id`;
