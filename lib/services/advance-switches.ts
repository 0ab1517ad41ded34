import { batch } from '@/db/client';
import * as switches from '@/db/commands/switches';
import { listDealtClasses } from '@/db/queries/dealing';
import type { ClassLine } from '@/db/queries/unit-class-columns';
import type { SwitchMail } from '@/lib/mail/switch-mail';
import { renderMail } from '@/lib/mail/templates';

/** Parts of one transaction. */
const CHUNK = 500;

/**
 * For the job worker: what switches スイッチング were paid becomes orders for their other class, or free cash where its owner may not buy it any more, with a
 * mail each; answers how many parts. Killed in between, the next call goes on with whatever is next.
 */
export async function advanceSwitches(parts = CHUNK): Promise<number> {
  let carried = 0;
  for (const classId of await batch((_, sql) => switches.listCarriedSwitches(sql))) {
    for (let done = -1; done !== 0; carried += done)
      done = await batch((_, sql) => switches.carrySwitches(sql, classId, parts));
  }
  await tell(parts);
  return carried;
}

async function tell(parts: number): Promise<void> {
  for (;;) {
    const news = await batch((_, sql) => switches.listSwitchNews(sql, parts));
    if (news.length === 0) return;
    const classes = await batch(listDealtClasses);
    await batch((_, sql) =>
      switches.writeSwitchMails(
        sql,
        news.map((one) => mailOf(one, classes)),
      ),
    );
  }
}

function mailOf(news: switches.SwitchNews, classes: readonly ClassLine[]): switches.SwitchMail {
  const { investorId, key, dealingDate, locale, number, amountMinor, rateE4 } = news;
  const kind = news.reason === null ? 'switch-carried' : 'switch-released';
  const facts = { number, amountMinor, rateE4, day: dealingDate, outcome: outcomeOf(news) };
  const between = { from: classOf(news.classId, classes), into: classOf(news.toClassId, classes) };
  const path = `/orders/${news.orderKey ?? key}` as const;
  return { investorId, key, dealingDate, kind, ...renderMail(locale, { kind, path, ...facts, ...between }) };
}

function outcomeOf({
  reason,
  orderNumber,
  toAmountMinor,
  orderDate,
  cutOffAt,
}: switches.SwitchNews): SwitchMail['outcome'] {
  if (reason !== null) return { reason };
  if (orderNumber === null || toAmountMinor === null || !orderDate || !cutOffAt)
    throw new Error('A switch was carried on to no order.');
  return { number: orderNumber, amountMinor: toAmountMinor, dealingDate: orderDate, cutOffAt };
}

function classOf(id: number, classes: readonly ClassLine[]): ClassLine {
  const unitClass = classes.find((one) => one.id === id);
  if (!unitClass) throw new Error(`Class ${id} was switched and is not there.`);
  return unitClass;
}
