/** Switches between classes as pages show them. Run inside withInvestor: row-level security shows nobody else's. */
import { sql } from 'drizzle-orm';
import type { Currency, Locale, SwitchPartState, SwitchRelease } from '@/lib/domain/states';
import type { Database } from '../client';
import { firstRow, rows } from './rows';

/** Codes of the classes that a person of their country may have instead of this one. */
export async function listSwitchTargets(db: Database, investorId: bigint, code: string): Promise<string[]> {
  const found = await rows<{ code: string }>(
    db,
    sql`select t.code from unit_classes c
          join unit_classes t on t.fund_id = c.fund_id and t.id <> c.id
          join investors i on i.investor_id = ${investorId}::bigint and i.country = t.country
         where c.code = ${code} order by t.id`,
  );
  return found.map((row) => row.code);
}

/** What one dealing day brought of a switch. */
export type SwitchPartView = {
  dealingDate: string;
  amountMinor: bigint;
  state: Exclude<SwitchPartState, 'REDEALT'>;
  reason: SwitchRelease | null;
  heldAt: Date;
  endedAt: Date | null;
  /** Carried on: in the currency of the other class, at which rate if it was converted, and the order that it became. */
  toAmountMinor: bigint | null;
  rateE4: bigint | null;
  orderKey: string | null;
  orderNumber: bigint | null;
};

export type SwitchView = {
  into: { code: string; name: Record<Locale, string>; currency: Currency };
  /** In order of the days; none before the first is paid. */
  parts: SwitchPartView[];
};

/** Null where the order is no switch. */
export async function getSwitch(db: Database, investorId: bigint, key: string): Promise<SwitchView | null> {
  const [into, parts] = await Promise.all([
    firstRow<{ code: string; nameEn: string; nameJa: string; currency: Currency }>(
      db,
      sql`select c.code, c.name_en as "nameEn", c.name_ja as "nameJa", c.currency
            from switches s join unit_classes c on c.id = s.to_class_id
           where s.investor_id = ${investorId}::bigint and s.key = ${key}::text::uuid`,
    ),
    rows<SwitchPartView>(
      db,
      sql`select p.dealing_date::text as "dealingDate", p.amount_minor as "amountMinor", p.state, p.reason, p.held_at as "heldAt",
                 p.ended_at as "endedAt", p.to_amount_minor as "toAmountMinor", m.rate_e4 as "rateE4", p.order_key::text as "orderKey",
                 o.number as "orderNumber"
            from switch_parts p
            left join dealing_orders o on o.investor_id = p.investor_id and o.key = p.order_key
            left join cash_movements m on m.investor_id = p.investor_id and m.key = p.conversion_key
           where p.investor_id = ${investorId}::bigint and p.key = ${key}::text::uuid and p.state <> 'REDEALT'
           order by p.dealing_date`,
    ),
  ]);
  if (!into) return null;
  const { nameEn, nameJa, ...unitClass } = into;
  return { into: { ...unitClass, name: { en: nameEn, ja: nameJa } }, parts };
}
