/** The outbox: a mail is a row of the transaction that causes it, and a job sends it. */
import { sql } from 'drizzle-orm';
import { type Database, transaction } from '@/db/client';
import { mails } from '@/db/schema/system';
import type { Locale } from '@/lib/domain/states';

export async function insertMail(
  tx: Database,
  mail: { userId: bigint; kind: string; recipient: string; locale: Locale; subject: string; body: string },
): Promise<void> {
  await tx.insert(mails).values(mail);
  await enqueueJob(tx, 'send-mails');
}

/** A job that exists only if the transaction commits. */
export async function enqueueJob(tx: Database, task: string, payload: Record<string, string> = {}): Promise<void> {
  await tx.execute(sql`select enqueue_job(${task}, ${JSON.stringify(payload)}::json)`);
}

/**
 * Hands the next waiting mail after `after` to `send`, which says what went wrong or null, and notes the outcome. The row stays locked
 * meanwhile, so that two senders never send one mail; after a crash in between a mail may go out twice, never get lost.
 * Answers with the mail's id, or null when none waits.
 */
export async function sendNextMail(
  after: bigint,
  send: (mail: { recipient: string; subject: string; body: string }) => Promise<string | null>,
): Promise<{ id: bigint; failure: string | null } | null> {
  return transaction(async (_, raw) => {
    const [mail] = await raw<{ id: bigint; recipient: string; subject: string; body: string }[]>`
      select * from claim_mail(${after})`;
    if (!mail) return null;
    const failure = await send({ recipient: mail.recipient, subject: mail.subject, body: mail.body });
    await raw`select settle_mail(${mail.id}, ${failure})`;
    return { id: mail.id, failure };
  });
}
