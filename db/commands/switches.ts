/** Switches between classes through db/functions/switches.sql: each call is one transaction, safe to repeat with its key. */
import type { Locale, SwitchRelease } from '@/lib/domain/states';
import type { Sql } from '../client';
import type { TransactionSql } from '../connect';
import { lostAnswer } from '../errors';
import { type DealingAnswer, type DealingCall, type DealingRow, dealingAnswer } from './dealing-orders';

export type SwitchCall = Omit<DealingCall, 'kind' | 'asked'> & {
  toClassId: number;
  /** Units, or null for all that are free. */
  units: bigint | null;
};

export async function placeSwitch(sql: Sql | TransactionSql, call: SwitchCall): Promise<DealingAnswer> {
  return dealingAnswer(
    await sql<DealingRow[]>`
    select code, figure, replayed, number, reserved_minor, reserved_units, dealing_date::text, cut_off_at, at
      from place_switch(${call.investorId}::bigint, ${call.key}::text::uuid, ${call.classId}::smallint, ${call.toClassId}::smallint,
        ${call.units}::bigint, ${call.dealingDate}::text::date, ${call.locale}::text::locale, ${call.consent}::boolean)`,
  );
}

/** Classes that money of switches is held for, and can go on to now. */
export async function listCarriedSwitches(sql: Sql): Promise<number[]> {
  const rows = await sql<{ classId: number }[]>`select class_id as "classId" from list_carried_switches()`;
  return rows.map(({ classId }) => classId);
}

/** Carries on so many parts of switches into a class; answers how many were. */
export async function carrySwitches(sql: Sql, toClassId: number, parts: number): Promise<number> {
  const [row] = await sql<{ done: number }[]>`
    select carry_switches(${toClassId}::smallint, ${parts}::integer) as done`;
  if (!row) throw lostAnswer('carrying switches on');
  return row.done;
}

/** A part of a switch that has ended. Carried on, it has an amount in the other class's currency and an order; given free, a reason. */
export type SwitchNews = {
  investorId: bigint;
  key: string;
  dealingDate: string;
  locale: Locale;
  number: bigint;
  classId: number;
  toClassId: number;
  amountMinor: bigint;
  toAmountMinor: bigint | null;
  /** Null where nothing was converted. */
  rateE4: bigint | null;
  reason: SwitchRelease | null;
  orderKey: string | null;
  orderNumber: bigint | null;
  orderDate: string | null;
  cutOffAt: Date | null;
};

export function listSwitchNews(sql: Sql, parts: number): Promise<SwitchNews[]> {
  return sql<SwitchNews[]>`
    select investor_id as "investorId", key::text, dealing_date::text as "dealingDate", locale, number, class_id as "classId",
           to_class_id as "toClassId", amount_minor as "amountMinor", to_amount_minor as "toAmountMinor", rate_e4 as "rateE4", reason,
           order_key::text as "orderKey", order_number as "orderNumber", order_date::text as "orderDate", cut_off_at as "cutOffAt"
      from list_switch_news(${parts}::integer)`;
}

export type SwitchMail = Pick<SwitchNews, 'investorId' | 'key' | 'dealingDate'> & {
  kind: string;
  subject: string;
  body: string;
};

/** Answers how many were written: none of what somebody else has written already. */
export async function writeSwitchMails(sql: Sql, mails: readonly SwitchMail[]): Promise<number> {
  const list = (of: (mail: SwitchMail) => string) => JSON.stringify(mails.map(of));
  const [row] = await sql<{ written: number }[]>`
    select write_switch_mails(
      array(select json_array_elements_text(${list(({ investorId }) => String(investorId))}::text::json))::bigint[],
      array(select json_array_elements_text(${list(({ key }) => key)}::text::json))::uuid[],
      array(select json_array_elements_text(${list(({ dealingDate }) => dealingDate)}::text::json))::date[],
      array(select json_array_elements_text(${list(({ kind }) => kind)}::text::json)),
      array(select json_array_elements_text(${list(({ subject }) => subject)}::text::json)),
      array(select json_array_elements_text(${list(({ body }) => body)}::text::json))) as written`;
  if (!row) throw lostAnswer('mails of switches');
  return row.written;
}
