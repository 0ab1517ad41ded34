import { batch } from '@/db/client';
import type { DealingDayKey } from '@/db/commands/dealing-runs';
import * as redealing from '@/db/commands/redealing';
import { getCorrectedDay } from '@/db/queries/corrections';
import { LOCALES } from '@/lib/i18n/locale';
import { renderMail } from '@/lib/mail/templates';

/** Longer than any step takes; a worker that dies leaves its day to the next one after so long. Each step renews it. */
const LEASE_SECONDS = 120;

/**
 * For the job worker: deals the days again whose value was corrected by half a per cent or more, with a mail to each person whose figures changed; answers
 * how many steps it took. A day that another worker holds is left to it. Killed in between, the next call goes on where this one stopped.
 */
export async function redealDays(): Promise<number> {
  let steps = 0;
  for (const day of await batch((_, sql) => redealing.listUnfinishedRedealing(sql))) steps += await redealDay(day);
  return steps;
}

async function redealDay(day: DealingDayKey): Promise<number> {
  const fence = await batch((_, sql) => redealing.claimRedealing(sql, day, LEASE_SECONDS));
  if (fence === null) return 0;
  try {
    for (let steps = 0; ; steps += 1) {
      const step = await batch((_, sql) => redealing.advanceRedealing(sql, day, fence));
      if (step === null) return steps;
      if (step === 'MAIL') return steps + 1 + (await tellPeople(day, fence));
    }
  } finally {
    await batch((_, sql) => redealing.releaseRedealing(sql, day, fence));
  }
}

async function tellPeople(day: DealingDayKey, fence: number): Promise<number> {
  const corrected = await batch((db) => getCorrectedDay(db, day));
  if (!corrected) throw new Error(`Class ${day.classId} on ${day.dealingDate} is dealt again and not there.`);
  for (let steps = 1; ; steps += 1) {
    const step = await batch(async (_, sql) => {
      const outcomes = await redealing.listRedealtOutcomes(sql, day, fence);
      // In both languages: who changes theirs at this moment has a mail all the same.
      const texts = outcomes.flatMap((outcome) =>
        LOCALES.map((locale) => ({
          ...outcome,
          locale,
          ...renderMail(locale, { kind: 'day-redealt', path: '/activity', ...corrected, ...outcome }),
        })),
      );
      return redealing.writeRedealingMails(sql, day, fence, 'day-redealt', texts);
    });
    if (step !== 'MAIL') return steps;
  }
}
