/**
 * An order as an ORM writes it: eight statements, one after the other, in a transaction that is opened and closed from Node. The same tables as
 * the single call's, and a row of the offering that all orders update, last.
 */
import { randomUUID } from 'node:crypto';
import type { Sql } from '@/db/connect';

/** After single-call.sql, whose tables it shares. */
export async function prepareInteractive(owner: Sql) {
  await owner.unsafe(`
    create table single_call.offers (id integer primary key, price bigint not null, remaining bigint not null check (remaining >= 0))
      with (fillfactor = 20);
    insert into single_call.offers values (1, 100000, 900000000000000);`);
}

/** One order of one lot; `investor` is one of single-call.sql's. */
export async function interactiveOrder(sql: Sql, investor: number): Promise<void> {
  const key = randomUUID();
  const amount = 100 + Math.floor(Math.random() * 900);
  await sql.begin(async (tx) => {
    const [offer] = await tx`select id, price, remaining from single_call.offers where id = 1`;
    const [wallet] =
      await tx`select available, available_version from single_call.wallets where investor_id = ${investor} and asset_id = 1 for update`;
    if (!offer || !wallet || wallet.available < amount) throw new Error('The order cannot be paid.');
    const [journal] =
      await tx`insert into single_call.journals (kind, at) values ('OFFERING_SALE', statement_timestamp()) returning id`;
    await tx`insert into single_call.orders (investor_id, key, asked, amount_minor, units, price, placed_at, settled_at, journal_id,
                                             offering_id, terms_version, kind, state, locale, class_id)
      values (${investor}, ${key}, ${amount}, ${amount}, ${amount}, ${offer.price}, statement_timestamp(), statement_timestamp(),
              ${journal?.id}, 1, 1, 'BUY_AMOUNT', 'SETTLED', 'en', 1)`;
    const [paid] =
      await tx`update single_call.wallets set available = available - ${amount}, available_version = available_version + 1
                where investor_id = ${investor} and asset_id = 1 returning available, available_version`;
    const [held] =
      await tx`insert into single_call.holdings as h (investor_id, class_id, units, issued_units, version, cost_minor)
               values (${investor}, 1, ${amount}, ${amount}, 1, ${amount})
                   on conflict (investor_id, class_id) do update
                      set units = h.units + excluded.units, issued_units = h.issued_units + excluded.units, version = h.version + 1,
                          cost_minor = h.cost_minor + excluded.cost_minor
               returning units, version`;
    await tx`insert into single_call.postings (investor_id, asset_id, account, version, journal_id, amount, balance_after) values
      (${investor}, 1, 'INVESTOR_AVAILABLE', ${paid?.available_version}, ${journal?.id}, ${-amount}, ${paid?.available}),
      (${investor}, 3, 'INVESTOR_UNITS', ${held?.version}, ${journal?.id}, ${amount}, ${held?.units}),
      (0, 1, 'FUND_CASH', ${journal?.id}, ${journal?.id}, ${amount}, null),
      (0, 3, 'UNITS_ISSUED', ${journal?.id}, ${journal?.id}, ${-amount}, null)`;
    await tx`update single_call.offers set remaining = remaining - ${amount} where id = 1 and remaining >= ${amount}`;
  });
}
