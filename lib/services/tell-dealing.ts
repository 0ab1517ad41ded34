import { batch } from '@/db/client';
import * as notices from '@/db/commands/dealing-notices';
import { listDealtClasses } from '@/db/queries/dealing';
import type { ClassLine } from '@/db/queries/unit-class-columns';
import type { DealingMailKind } from '@/lib/mail/dealing-mail';
import { renderMail } from '@/lib/mail/templates';

/** People whose mails are one transaction. */
const CHUNK = 10_000;

/**
 * For the job worker: writes to everybody whose order was dealt, deferred, lapsed or settled, and answers how many mails. Killed in between, the next
 * call goes on with whoever is next.
 */
export async function tellDealing(people = CHUNK): Promise<number> {
  let told = 0;
  for (const notice of await batch((_, sql) => notices.listDealingNotices(sql))) {
    const unitClass = (await batch(listDealtClasses)).find(({ id }) => id === notice.classId);
    if (!unitClass) throw new Error(`Class ${notice.classId} was dealt and is not there.`);
    for (let written: number | null = null; written !== 0; told += written) {
      const outcomes = await batch((_, sql) => notices.nextDealingOutcomes(sql, notice, people));
      const mails = outcomes.map((outcome) => mailOf(notice, outcome, unitClass));
      written = await batch((_, sql) => notices.writeDealingMails(sql, notice, outcomes[0]?.after ?? null, mails));
      // Another worker is at it.
      if (written === null) break;
    }
  }
  return told;
}

function mailOf(
  notice: notices.DealingNotice,
  outcome: notices.DealingOutcome,
  unitClass: ClassLine,
): notices.WrittenMail {
  const { investorId, locale, orderKey, number, kind, asked, ...came } = outcome;
  const { dealingDate: day, price, nextDate: nextDay, buys, settlementDate, payoutDate } = notice;
  const about = kindOf(notice, outcome);
  const texts = renderMail(locale, {
    kind: about,
    path: `/orders/${orderKey}`,
    order: { number, kind, asked, unitClass },
    ...{ ...came, day, price, nextDay, moneyDay: buys ? settlementDate : payoutDate },
  });
  return { investorId, kind: about, ...texts };
}

function kindOf(
  { about, buys }: notices.DealingNotice,
  { units, deferredUnits }: notices.DealingOutcome,
): DealingMailKind {
  if (about === 'SETTLED') return buys ? 'dealing-settled' : 'dealing-paid';
  if (buys) return units > 0n ? 'dealing-bought' : 'dealing-lapsed';
  if (units === 0n) return 'dealing-deferred';
  return deferredUnits > 0n ? 'dealing-part' : 'dealing-redeemed';
}
