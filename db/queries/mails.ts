/** The outbox, for testers. */
import { read } from '@/db/client';
import type { Locale } from '@/lib/domain/states';

export type OutboxMail = {
  id: bigint;
  kind: string;
  recipient: string;
  locale: Locale;
  subject: string;
  body: string;
  createdAt: Date;
  sentAt: Date | null;
};

/** The newest mails to addresses that contain `search`, or of everybody: only for the page that exists while the simulation is on. */
export async function listOutbox(limit: number, search = ''): Promise<OutboxMail[]> {
  type Row = Omit<OutboxMail, 'createdAt' | 'sentAt'> & { created_at: Date | string; sent_at: Date | string | null };
  const rows = await read((_, raw) => raw<Row[]>`select * from list_outbox(${limit}, ${search})`);
  return rows.map(({ created_at, sent_at, ...mail }) => ({
    ...mail,
    id: BigInt(mail.id),
    createdAt: new Date(created_at),
    sentAt: sent_at === null ? null : new Date(sent_at),
  }));
}
