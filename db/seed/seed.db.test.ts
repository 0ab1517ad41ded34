import { describe, expect, it } from 'vitest';
import { PERSONAS } from '@/scripts/lib/personas.mjs';
import { connect } from '../connect';
import { testDatabase } from '../test-hooks';
import { seed } from '.';

const FIRST_DAY = new Date('2026-11-18T03:00:00Z');
const database = testDatabase();

/** Every row of every table, in one text: two that are equal are the same database. */
async function contents(): Promise<Record<string, string>> {
  const tables = await database.owner<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
  const dump: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await database.owner<{ text: string | null }[]>`
      select string_agg(t::text, chr(10) order by t::text) as text from ${database.owner(name)} t`;
    dump[name] = row?.text ?? '';
  }
  return dump;
}

describe('the seed', () => {
  let first: Record<string, string>;

  it('makes the fund once, and changes nothing when it runs again', async () => {
    expect(await seed(database.ownerUrl, { freezeAt: FIRST_DAY })).toMatchObject({ made: true });
    first = await contents();
    expect(await seed(database.ownerUrl)).toEqual({ made: false, days: 0 });
    expect(await contents()).toEqual(first);
  });

  it('leaves the days that have passed since to the job', async () => {
    await database.owner`update clock set at = ${new Date('2026-12-02T03:00:00Z')}`;
    expect(await seed(database.ownerUrl)).toEqual({ made: false, days: 0 });
    const later = await contents();
    expect(Object.keys(later).filter((table) => later[table] !== first[table])).toEqual(['clock']);
  });

  it('opens the books of a fund that has none yet, and gives it the limits that came later', async () => {
    const superuser = connect(database.superUrl, { max: 1, name: 'test-super' });
    await superuser.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`delete from valuation_marks`;
      await tx`delete from valuation_classes`;
      await tx`delete from valuations`;
      await tx`delete from covenant_limits where name in ('NAV_JUMP', 'NAV_TOLERANCE')`;
    });
    await superuser.end({ timeout: 5 });
    await seed(database.ownerUrl);
    const [row] = await database.owner`
      select (select count(*)::int from valuations where source = 'OPENING') as books, (select count(*)::int from covenant_limits) as limits`;
    expect(row).toEqual({ books: 1, limits: 8 });
  });

  it('has for each class an offering that is open, one to open and one that has closed, and a draft', async () => {
    const rows = await database.owner<{ class: number; state: string; open: boolean }[]>`
      select class_id as class, state, ${FIRST_DAY} between opens_at and closes_at as open from offerings where method = 'FIRST_COME' order by class_id, opens_at`;
    const states = ['CLOSED', 'OPEN', 'APPROVED'];
    const line = (id: number) => (state: string) => ({ class: id, state, open: state === 'OPEN' });
    expect(rows).toEqual([...states.map(line(1)), ...[...states, 'DRAFT'].map(line(2))]);
  });

  it('spreads the size of each offering over its slots', async () => {
    const rows = await database.owner<{ left: bigint; sold: bigint; size: bigint }[]>`
      select o.size_units as size, (select sum(s.remaining)::bigint from offering_slots s where s.offering_id = o.id) as left,
             coalesce((select sum(x.units)::bigint from orders x where x.offering_id = o.id and x.state = 'SETTLED'), 0) as sold
        from offerings o where o.method = 'FIRST_COME'`;
    expect(rows).toHaveLength(7);
    for (const { left, sold, size } of rows) expect(left + sold).toBe(size);
  });

  it('has a window for each class that is open and asked for, and one that was drawn and settled', async () => {
    const rows = await database.owner<{ slug: string; state: string; asked: boolean; allotted: bigint | null }[]>`
      select o.slug, o.state, (select sum(s.units) from subscriptions s where s.offering_id = o.id) > o.size_units + o.upsize_units as asked,
             r.allotted_units as allotted
        from offerings o left join allotment_runs r on r.offering_id = o.id where o.method <> 'FIRST_COME' order by o.slug`;
    expect([...rows]).toEqual([
      { slug: 'window1-jp', state: 'SETTLED', asked: true, allotted: 16_500_000n },
      { slug: 'window2-jp', state: 'OPEN', asked: true, allotted: null },
      { slug: 'window2-us', state: 'OPEN', asked: true, allotted: null },
    ]);
    const secrets = await database.owner`select side from draw_commitments where secret is not null`;
    expect(secrets).toHaveLength(2);
  });

  it('lets two citizens buy, and tells the others why not', async () => {
    const rows = await database.owner<{ id: bigint; reason: string }[]>`
      select investor_id as id, status_reason as reason from investors where investor_id <= 7 order by investor_id`;
    expect(Object.fromEntries(rows.map((row) => [Number(row.id), row.reason]))).toEqual({
      [PERSONAS.american.id]: 'all-met',
      [PERSONAS.japanese.id]: 'all-met',
      [PERSONAS.newAmerican.id]: 'identity-missing',
      [PERSONAS.newJapanese.id]: 'identity-missing',
      [PERSONAS.underReview.id]: 'identity-in-review',
      [PERSONAS.refused.id]: 'identity-rejected',
      [PERSONAS.thirdCountry.id]: 'residence-third-country',
    });
  });

  it('keeps the person under review there, however long the site runs', async () => {
    const due = await database.owner`select due_identity_reviews(app_now() + interval '10 years')`;
    expect(due).toEqual([]);
  });

  it('leaves the next account and the next offering a number of their own', async () => {
    const [user] = await database.owner<{ id: bigint }[]>`
      insert into users (email, password_hash, locale) values ('next@example.com', '!', 'en') returning id`;
    expect(user?.id).toBeGreaterThan(BigInt(PERSONAS.auditor.id));
  });
});
