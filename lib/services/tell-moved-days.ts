import { batch } from '@/db/client';
import * as notices from '@/db/commands/holiday-notices';
import { LOCALES } from '@/lib/i18n/locale';
import { renderMail } from '@/lib/mail/templates';

/** Mails of one transaction. */
const CHUNK = 20_000;

/**
 * For the job worker: writes to everybody whose order, payment or plan has another day because both sides changed the holidays; answers how many. Killed
 * in between, the next call goes on with whoever is next.
 */
export async function tellMovedDays(people = CHUNK): Promise<number> {
  let told = 0;
  for (const { id, ...notice } of await batch((_, sql) => notices.listHolidayNotices(sql))) {
    const path = notice.about === 'PLAN' ? '/plans' : '/activity';
    const texts = LOCALES.map((locale) => ({ locale, ...renderMail(locale, { kind: 'days-moved', path, ...notice }) }));
    for (let finished = false; !finished; ) {
      const chunk = await batch((_, sql) => notices.tellMovedDays(sql, id, people, 'days-moved', texts));
      told += chunk.told;
      finished = chunk.finished;
    }
  }
  return told;
}
