/** Puts a mail into the outbox, in the transaction that causes it: no effect without its mail, no mail without its effect. */
import type { Database } from '@/db/client';
import { insertMail } from '@/db/commands/mails';
import type { Locale } from '@/lib/domain/states';
import { type MailContents, renderMail } from './templates';

export async function writeMail(
  tx: Database,
  to: { userId: bigint; recipient: string; locale: Locale },
  mail: MailContents,
): Promise<void> {
  await insertMail(tx, { ...to, kind: mail.kind, ...renderMail(to.locale, mail) });
}
