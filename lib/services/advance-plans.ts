import { batch, read } from '@/db/client';
import { type DuePlans, listDuePlans, type TurnMail, takePlanTurns } from '@/db/commands/savings-plans';
import { getClassName } from '@/db/queries/savings-plans';
import { LAPSES_BEFORE_PAUSE } from '@/lib/domain/dealing/plan';
import { PLAN_LAPSES } from '@/lib/domain/states';
import { LOCALES } from '@/lib/i18n/locale';
import { renderMail } from '@/lib/mail/templates';

/** People of one transaction. */
const CHUNK = 5_000;

/**
 * For the job worker: takes the turns of monthly plans 積立 that have come, each an order at NAV or a lapse, with a mail; answers how many. Killed in
 * between, the next call goes on with whoever is next.
 */
export async function advancePlans(people = CHUNK): Promise<number> {
  let turns = 0;
  for (;;) {
    const due = await batch((_, sql) => listDuePlans(sql));
    let taken = 0;
    for (const one of due) taken += await takeTurns(one, people);
    turns += taken;
    // Taken late, a plan can have another month that is due; a day that has closed in between is left to the next call.
    if (taken === 0) return turns;
  }
}

async function takeTurns(due: DuePlans, people: number): Promise<number> {
  const mails = await mailsOf(due);
  for (let turns = 0; ; ) {
    const chunk = await batch((_, sql) => takePlanTurns(sql, due, people, mails));
    turns += chunk.turns;
    if (chunk.finished) return turns;
  }
}

/** Every outcome that a turn can have, in both languages: who changes theirs at this moment has a mail all the same. */
async function mailsOf({ classId, dealingDate, cutOffAt }: DuePlans): Promise<TurnMail[]> {
  const className = await read((db) => getClassName(db, classId));
  const facts = { className, dealingDate, path: '/plans' } as const;
  const outcomes = [
    { reason: null, lapses: 0 },
    ...PLAN_LAPSES.flatMap((reason) =>
      Array.from({ length: LAPSES_BEFORE_PAUSE }, (_, n) => ({ reason, lapses: n + 1 })),
    ),
  ];
  return outcomes.flatMap((outcome) =>
    LOCALES.map((locale) => {
      const { reason, lapses } = outcome;
      const kind = reason === null ? 'plan-ordered' : lapses < LAPSES_BEFORE_PAUSE ? 'plan-lapsed' : 'plan-paused';
      return { ...outcome, locale, kind, ...renderMail(locale, { ...facts, kind, reason, lapses, cutOffAt }) };
    }),
  );
}
