/** Sends a mail by SMTP when it is configured; without it mails stay in the outbox, which a page shows to testers. */
import { createTransport, type Transporter } from 'nodemailer';
import { env } from '@/lib/env';

let transporter: { url: string; transport: Transporter } | undefined;

/** What went wrong, in one line without the mail's contents; null when the server has taken the mail. */
export async function sendMail(mail: { recipient: string; subject: string; body: string }): Promise<string | null> {
  const url = env().SMTP_URL;
  if (!url) return 'no mail server is configured';
  if (transporter?.url !== url) {
    transporter?.transport.close();
    // Shorter than the deadline of the transaction that holds the row.
    const deadlines = { connectionTimeout: 4_000, greetingTimeout: 4_000, socketTimeout: 6_000 };
    transporter = { url, transport: createTransport({ url, ...deadlines }) };
  }
  try {
    await transporter.transport.sendMail({
      from: env().MAIL_FROM,
      to: { name: '', address: mail.recipient },
      subject: mail.subject,
      text: mail.body,
      // Machines that answer mails are asked not to.
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : 'unknown';
  }
}

export function closeMail(): void {
  transporter?.transport.close();
  transporter = undefined;
}
