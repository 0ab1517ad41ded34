/**
 * The whole ledger as text, one line a posting: `<entry> <instant> <kind> <account> <asset> <amount> <balance after>`. Entries are numbered by what they
 * say, not by the ids that they happened to get, which differ where chunks were booked side by side; there is no random key and no real time in it. The
 * same history gives the same text.
 */
import type { Sql, TransactionSql } from '../client';

type Entry = { at: string; kind: string; reverses: string | null; lines: string };

// The lines of an entry in the order of their accounts; entries by instant, kind and content. A reversal is of an entry before it, and says of when.
const ENTRIES = `
  select to_char(j.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, j.kind::text as kind,
         to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || r.kind as reverses, p.lines
    from journals j
    left join journals r on r.id = j.reverses
    join (select p.journal_id,
                 string_agg(concat_ws(' ', case p.investor_id when 0 then 'fund' else 'account ' || p.investor_id end, p.account, a.code, p.amount,
                                      coalesce(p.balance_after::text, '-')),
                            E'\\n' order by p.investor_id, p.asset_id, p.account, p.version) as lines
            from postings p join assets a on a.id = p.asset_id group by p.journal_id) p on p.journal_id = j.id
   order by j.at, j.kind::text collate "C", p.lines collate "C"`;

/** Inside one transaction that reads, as the owner of the tables. */
export async function exportLedger(sql: Sql | TransactionSql): Promise<string> {
  const entries = await sql.unsafe<Entry[]>(ENTRIES);
  const text = entries.flatMap(({ at, kind, reverses, lines }, n) =>
    lines.split('\n').map((line) => `${n + 1} ${at} ${kind}${reverses ? ` of ${reverses}` : ''} ${line}`),
  );
  return `${text.join('\n')}\n`;
}
