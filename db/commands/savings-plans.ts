/** Monthly plans of an investor through db/functions/savings-plans.sql: each call is one transaction, safe to repeat with its key. */
import type { PlanRefusal } from '@/lib/domain/dealing/plan';
import type { Locale, PlanAct, PlanLapse, PlanState } from '@/lib/domain/states';
import type { Sql } from '../client';
import { lostAnswer } from '../errors';

export type PlanRefusalCode = PlanRefusal | 'order.key-reused' | 'plan.not-found';

/** How the plan stands. Replayed: the key had done it before. */
export type PlanAnswer =
  | { ok: true; replayed: boolean; number: bigint; state: PlanState; nextMonth: string | null; at: Date }
  /** `figure`: the least amount, where less was asked for; null elsewhere. */
  | { ok: false; code: PlanRefusalCode; figure: bigint | null };

type Row = {
  code: PlanRefusalCode | null;
  figure: bigint | null;
  replayed: boolean;
  number: bigint | null;
  state: PlanState | null;
  next_month: string | null;
  at: Date | null;
};

function answer([row]: readonly Row[]): PlanAnswer {
  if (!row) throw lostAnswer('an act on a plan');
  if (row.code !== null) return { ok: false, code: row.code, figure: row.figure };
  const { replayed, number, state, next_month: nextMonth, at } = row;
  if (number === null || !state || !at) throw new Error('The plan function gave an answer without figures.');
  return { ok: true, replayed, number, state, nextMonth, at };
}

export type StartPlanCall = {
  investorId: bigint;
  /** A UUID, lower case. */
  key: string;
  classId: number;
  amountMinor: bigint;
  dayOfMonth: number;
  locale: Locale;
  /** The person says to have read the prospectus: recorded with the plan. */
  consent: boolean;
};

export async function startPlan(sql: Sql, call: StartPlanCall): Promise<PlanAnswer> {
  return answer(
    await sql<Row[]>`
    select code, figure, replayed, number, state, next_month::text, at
      from start_plan(${call.investorId}::bigint, ${call.key}::text::uuid, ${call.classId}::smallint, ${call.amountMinor}::bigint,
        ${call.dayOfMonth}::integer, ${call.locale}::text::locale, ${call.consent}::boolean)`,
  );
}

export type PlanChange =
  | { act: 'CHANGED'; amountMinor: bigint; dayOfMonth: number }
  | { act: Exclude<PlanAct, 'STARTED' | 'CHANGED'> };
export type PlanCall = {
  investorId: bigint;
  key: string;
  plan: string;
  locale: Locale;
  /** The person says to have read the newest prospectus: recorded with a change or a resumption. */
  consent: boolean;
} & PlanChange;

export async function actOnPlan(sql: Sql, call: PlanCall): Promise<PlanAnswer> {
  const [amount, day] = call.act === 'CHANGED' ? [call.amountMinor, call.dayOfMonth] : [null, null];
  return answer(
    await sql<Row[]>`
    select code, figure, replayed, number, state, next_month::text, at
      from act_on_plan(${call.investorId}::bigint, ${call.key}::text::uuid, ${call.plan}::text::uuid, ${call.act}::text::plan_act,
        ${amount}::bigint, ${day}::integer, ${call.locale}::text::locale, ${call.consent}::boolean)`,
  );
}

/** Classes with plans whose turn has come, and the dealing day that their orders have now. */
export type DuePlans = { classId: number; dealingDate: string; cutOffAt: Date };

export function listDuePlans(sql: Sql): Promise<DuePlans[]> {
  return sql<DuePlans[]>`
    select class_id as "classId", dealing_date::text as "dealingDate", cut_off_at as "cutOffAt" from list_due_plans()`;
}

/** The mail of an outcome; without a reason it tells of an order. */
export type TurnMail = {
  locale: Locale;
  reason: PlanLapse | null;
  /** In a row, this one counted. */
  lapses: number;
  kind: string;
  subject: string;
  body: string;
};

/** Takes the turns of the next people of a class. */
export async function takePlanTurns(
  sql: Sql,
  { classId, dealingDate }: DuePlans,
  people: number,
  mails: readonly TurnMail[],
): Promise<{ turns: number; finished: boolean }> {
  const list = (of: (mail: TurnMail) => string | number | null) => JSON.stringify(mails.map(of));
  const [row] = await sql<{ turns: number; finished: boolean }[]>`
    select * from take_plan_turns(${classId}::smallint, ${dealingDate}::text::date, ${people}::integer,
      array(select json_array_elements_text(${list(({ locale }) => locale)}::text::json))::locale[],
      array(select json_array_elements_text(${list(({ reason }) => reason)}::text::json)),
      array(select json_array_elements_text(${list(({ lapses }) => lapses)}::text::json))::integer[],
      array(select json_array_elements_text(${list(({ kind }) => kind)}::text::json)),
      array(select json_array_elements_text(${list(({ subject }) => subject)}::text::json)),
      array(select json_array_elements_text(${list(({ body }) => body)}::text::json)))`;
  if (!row) throw lostAnswer('the turns of plans');
  return row;
}
