/**
 * The demonstration: a fund, its prices, its offerings, its documents and a few people. Deterministic: the same first day gives the same rows on
 * every machine. In one transaction, so that a seed that was killed has left nothing.
 *
 * Windows and histories are counted back and forth from the first day, which the fund's inception keeps. A database that has the fund already is
 * left as it is: the rates and prices of the days that have passed since are the job's (lib/services/advance-valuations.ts).
 */
import { eq, sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { addDays, dealingDayFrom, type IsoDate, isoDate, marketHolidays } from '@/lib/domain/calendar/dealing-days';
import { COUNTRIES } from '@/lib/domain/states';
import { DEMONSTRATION } from '@/lib/domain/valuation/market-model';
import { VALUATION_RULE } from '@/lib/domain/valuation/net-assets';
import { openBooks } from '../commands/valuations';
import { connect, type Deadlines, restoreInstants, type Sql } from '../connect';
import * as schema from '../schema';
import { crowdRows } from './crowd';
import { documentRows } from './documents';
import {
  assetRows,
  CONVERSION_SPREAD_SEN,
  classRows,
  commitmentRows,
  FUND_ID,
  fundRow,
  JP_CLASS,
  recordDayRows,
  US_CLASS,
} from './fund';
import { limitRows, playGovernance, playLastProposal } from './governance';
import { History } from './history';
import { type MarketDay, marketHistory, pricePublishedAt, ratePublishedAt } from './market';
import { type OfferingRow, offeringRows } from './offerings';
import { investorRows, staffRows, totpRows, userRows } from './people';
import { projectRows } from './portfolio';
import { playWindows } from './windows';

type Database = PostgresJsDatabase;

/** `days`: how many days of prices stand behind the fund that was made. */
export type SeedReport = { made: boolean; days: number };

/** About two years of prices stand behind the first day. */
const HISTORY_DAYS = 730;
const HOLIDAY_YEARS = 5;
/** Any number that no other program on the server uses: two seeds at once would do everything twice. */
const LOCK = 7_309_245_120n;
const PATIENT: Deadlines = {
  statementMs: 60_000,
  lockMs: 60_000,
  idleInTransactionMs: 60_000,
  silenceMs: 120_000,
  connectSeconds: 5,
};

/**
 * @param ownerUrl the database, migrated, as its owner.
 * @param freezeAt stops the system's clock at an instant and makes that the first day: for tests, which must not depend on the day they run.
 */
export async function seed(ownerUrl: string, options: { freezeAt?: Date } = {}): Promise<SeedReport> {
  const client = connect(ownerUrl, { max: 1, name: 'wakachi-seed', deadlines: PATIENT });
  const db = drizzle(client);
  restoreInstants(client);
  try {
    // One connection, so that the driver's own statements, those of drizzle and the transaction are on the same one.
    await client.unsafe('begin');
    const report = await seedInTransaction(client, db, options.freezeAt);
    await client.unsafe('commit');
    return report;
  } finally {
    // What was not committed is rolled back with the connection.
    await client.end({ timeout: 5 });
  }
}

async function seedInTransaction(client: Sql, db: Database, freezeAt: Date | undefined): Promise<SeedReport> {
  await db.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
  await setClock(db, freezeAt);
  const now = await clockNow(db);
  const [fund] = await db.select().from(schema.funds);
  const inception = fund?.inceptionDate ?? dealingDayFrom(addDays(isoDate(now), -HISTORY_DAYS));
  await seedHolidays(db, inception, now);
  const days = fund ? 0 : await seedDemonstration(client, db, now, marketHistory(inception, isoDate(now)));
  if (fund) await db.insert(schema.covenantLimits).values(limitRows(now)).onConflictDoNothing();
  // A database that is older than the record dates gets them.
  await db
    .insert(schema.classRecordDays)
    .values(recordDayRows(isoDate(now)))
    .onConflictDoNothing();
  await openBooks(client, FUND_ID, DEMONSTRATION.name, VALUATION_RULE);
  return { made: !fund, days };
}

async function seedDemonstration(client: Sql, db: Database, now: Date, market: MarketDay[]): Promise<number> {
  const offerings = offeringRows(now, market);
  await seedFund(db, now, market, offerings);
  const days = await seedMarket(db, now, market);
  await playGovernance(client, now);
  await playHistory(client, db, now, market, offerings);
  await fillNetAssets(db);
  return days;
}

/** While the past is played every offering is open; the window of each still decides. */
async function playHistory(client: Sql, db: Database, now: Date, market: MarketDay[], offerings: OfferingRow[]) {
  const [clock] = await db.select().from(schema.clock);
  await db.update(schema.offerings).set({ state: 'OPEN' });
  await new History(client, now, market, offerings).play();
  for (const { id, state } of offerings) {
    await db.update(schema.offerings).set({ state }).where(eq(schema.offerings.id, id));
  }
  await playWindows(client, now, offerings);
  await playLastProposal(client, now);
  await db.update(schema.clock).set({ mode: clock?.mode ?? 'REAL', at: clock?.at ?? null });
}

/** Net assets 純資産総額 of a class on a day: the units in issue when its price was published, at that price. */
async function fillNetAssets(db: Database) {
  await db.execute(sql`
    update nav_prices n set net_assets_minor = trunc(x.net_assets)
      from (
        select p.class_id, p.nav_date,
               p.price * sum(o.units) / c.quote_units / power(10::numeric, c.price_decimals - a.decimals) as net_assets
          from nav_prices p
          join unit_classes c on c.id = p.class_id
          join assets a on a.id = c.currency_asset_id
          join (
            select class_id, units, settled_at from orders where state = 'SETTLED'
            union all
            select r.class_id, - r.units, j.at
              from sale_refund_chunks k
              join orders r on r.offering_id = k.offering_id and r.investor_id between k.first_investor and k.last_investor and r.state = 'SETTLED'
              join journals j on j.id = k.journal_id
            union all
            select f.class_id, m.units, j.at
              from allotments m
              join offerings f on f.id = m.offering_id
              join allotment_chunks k on k.offering_id = m.offering_id and k.chunk = m.chunk
              join journals j on j.id = k.journal_id
          ) o on o.class_id = p.class_id and o.settled_at <= p.published_at
         group by p.class_id, p.nav_date, p.revision, c.id, a.id
      ) x
     where x.class_id = n.class_id and x.nav_date = n.nav_date and n.net_assets_minor = 0`);
}

async function setClock(tx: Database, freezeAt: Date | undefined) {
  await tx.insert(schema.clock).values({ one: true }).onConflictDoNothing();
  if (freezeAt) await tx.update(schema.clock).set({ mode: 'FROZEN', at: freezeAt });
}

async function clockNow(tx: Database): Promise<Date> {
  const [row] = await tx.execute<{ now: Date }>(sql`select app_now() as now`);
  if (!row) throw new Error('The database did not tell the time.');
  return row.now;
}

async function seedFund(tx: Database, now: Date, history: MarketDay[], offerings: OfferingRow[]) {
  const first = history[0];
  if (!first) throw new Error('The fund has no first day.');
  const documents = documentRows(now, history);
  const people = investorRows(now);
  const crowd = crowdRows(now);
  await tx.insert(schema.funds).values(fundRow(first.date));
  await tx.insert(schema.ownerCommitments).values(commitmentRows);
  await tx.insert(schema.projects).values(projectRows(first.date));
  await tx.insert(schema.covenantLimits).values(limitRows(new Date(`${first.date}T00:00:00Z`)));
  await tx.insert(schema.assets).values(assetRows);
  await tx.insert(schema.unitClasses).values(classRows);
  await tx.insert(schema.documentVersions).values(documents.versions);
  await tx.insert(schema.documentTexts).values(documents.texts);
  await tx.insert(schema.offerings).values(offerings);
  await tx.insert(schema.users).values([...userRows(now), ...crowd.users]);
  await tx.insert(schema.staff).values(staffRows());
  await tx.insert(schema.totpFactors).values(totpRows(now));
  await tx.insert(schema.investors).values([...people.investors, ...crowd.investors]);
  await tx.insert(schema.identityEvents).values([...people.events, ...crowd.events]);
  await tx.insert(schema.suitabilityAnswers).values([...people.answers, ...crowd.answers]);
  await advanceIdentities(tx);
}

/** Rows were given their numbers by hand; the next that the site makes comes after them. */
async function advanceIdentities(tx: Database) {
  for (const table of ['document_versions', 'offerings', 'users']) {
    await tx.execute(
      sql`select setval(pg_get_serial_sequence(${table}, 'id'), (select max(id) from ${sql.identifier(table)}))`,
    );
  }
}

/** The calendar of both markets, from the fund's first year to some years ahead. */
async function seedHolidays(tx: Database, inception: IsoDate, now: Date) {
  const first = Number(inception.slice(0, 4));
  const years = Array.from({ length: now.getUTCFullYear() + HOLIDAY_YEARS - first + 1 }, (_, n) => first + n);
  const holidays = COUNTRIES.flatMap((country) =>
    years.flatMap((year) =>
      marketHolidays(country, year).map(({ day, name }) => ({ country, day, nameEn: name.en, nameJa: name.ja })),
    ),
  );
  const { country, day } = schema.marketHolidays;
  // A database that is older than the names gets them.
  await tx
    .insert(schema.marketHolidays)
    .values(holidays)
    .onConflictDoUpdate({
      target: [country, day],
      set: { nameEn: sql`excluded.name_en`, nameJa: sql`excluded.name_ja` },
    });
}

/** What had been published by now. Returns for how many days there is a price. */
async function seedMarket(tx: Database, now: Date, history: MarketDay[]): Promise<number> {
  const rated = history.filter((day) => ratePublishedAt(day.date) <= now);
  const priced = history.filter((day) => pricePublishedAt(day.date) <= now);
  await tx.insert(schema.fxRates).values(
    rated.map((day) => ({
      rateDate: day.date,
      jpyPerUsdE4: day.jpyPerUsdE4,
      spreadSen: CONVERSION_SPREAD_SEN,
      publishedAt: ratePublishedAt(day.date),
    })),
  );
  await tx.insert(schema.navPrices).values(
    priced.flatMap(({ date, usPrice, jpPrice }) => [
      { classId: US_CLASS, navDate: date, price: usPrice, netAssetsMinor: 0n, publishedAt: pricePublishedAt(date) },
      { classId: JP_CLASS, navDate: date, price: jpPrice, netAssetsMinor: 0n, publishedAt: pricePublishedAt(date) },
    ]),
  );
  return priced.length;
}
