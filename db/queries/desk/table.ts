/**
 * A table of the desk: one page of it to read, or all of it a batch at a time.
 *
 * Pages are counted by offset, because staff sort by any column and go to any page: most orders have no index, so the database sorts all of it for
 * the first page as for the tenth, and a place to continue from would save nothing. They end at MAX_PAGE, which bounds what an offset costs. A file goes
 * through everything, and while it is read rows are added: it continues after the last row's own place, so that none is left out or given twice.
 */
import { type SQL, sql } from 'drizzle-orm';
import { PAGE_SIZE, type TableQuery } from '@/lib/domain/desk/table';
import type { Database } from '../../client';
import { firstRow, rows } from '../rows';

/** An expression that is never null, and the type that its text is read back as. */
export type Ordered = { by: SQL; type: 'bigint' | 'text' | 'timestamptz' };

export type Source<S extends string> = {
  columns: SQL;
  from: SQL;
  where: SQL;
  sorts: Record<S, Ordered>;
  /** Tells rows apart that stand equal; unique. */
  key: Ordered;
};

export type TablePage<Row> = {
  rows: Row[];
  /** How many there are; at most COUNTED, and then `more`. */
  count: number;
  more: boolean;
};

export type Place = { value: string; key: string };
type Placed = { placeValue: string; placeKey: string };

/** Counting further would take longer than reading. */
export const COUNTED = 10_000;

export async function tablePage<Row extends object, S extends string>(
  db: Database,
  source: Source<S>,
  query: TableQuery<S>,
): Promise<TablePage<Row>> {
  const direction = sql.raw(query.descending ? 'desc' : 'asc');
  const { by } = source.sorts[query.sort];
  const [found, counted] = await Promise.all([
    rows<Row>(
      db,
      sql`select ${source.columns} from ${source.from} where ${source.where}
           order by ${by} ${direction}, ${source.key.by} ${direction}
           limit ${PAGE_SIZE} offset ${(query.page - 1) * PAGE_SIZE}`,
    ),
    firstRow<{ n: number }>(
      db,
      sql`select count(*)::int as n from (select 1 from ${source.from} where ${source.where} limit ${COUNTED + 1}) x`,
    ),
  ]);
  const n = counted?.n ?? 0;
  return { rows: found, count: Math.min(n, COUNTED), more: n > COUNTED };
}

/** At most `limit` rows after a place, and where the next begin; null when there are none left. */
export async function tableBatch<Row extends object, S extends string>(
  db: Database,
  source: Source<S>,
  query: TableQuery<S>,
  after: Place | null,
  limit: number,
): Promise<{ rows: Row[]; next: Place | null }> {
  const direction = sql.raw(query.descending ? 'desc' : 'asc');
  const { by, type } = source.sorts[query.sort];
  const beyond = sql.raw(query.descending ? '<' : '>');
  const place = after
    ? sql`and (${by}, ${source.key.by}) ${beyond} (${after.value}::${sql.raw(type)}, ${after.key}::${sql.raw(source.key.type)})`
    : sql``;
  const found = await rows<Row & Placed>(
    db,
    sql`select ${source.columns}, (${by})::text as "placeValue", (${source.key.by})::text as "placeKey"
          from ${source.from} where ${source.where} ${place}
         order by ${by} ${direction}, ${source.key.by} ${direction} limit ${limit}`,
  );
  const last = found.at(-1);
  return {
    rows: found,
    next: last && found.length === limit ? { value: last.placeValue, key: last.placeKey } : null,
  };
}

/** A search as a pattern of LIKE that finds it anywhere; its own wildcards are letters. */
export const containing = (search: string): string => `%${search.replace(/[\\%_]/g, '\\$&')}%`;
