import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withInvestor } from '@/db/client';
import { testDatabase } from '@/db/test-hooks';
import { setEnv } from '@/lib/env';
import { closeMail } from '@/lib/mail/transport';
import { writeMail } from '@/lib/mail/write-mail';
import { sendMails } from './tasks';

const database = testDatabase();

/** Enough of an SMTP server (RFC 5321) to take mails, or to refuse them. */
class MailServer {
  readonly taken: string[] = [];
  refusing = false;
  private server = net.createServer((socket) => this.talk(socket));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.address() as net.AddressInfo).port}`;
  }

  stop = () => new Promise((resolve) => this.server.close(resolve));

  private talk(socket: net.Socket) {
    let data: string | undefined;
    let rest = '';
    socket.setEncoding('utf8').on('error', () => {});
    socket.write('220 test\r\n');
    socket.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (data !== undefined) {
          if (line !== '.') data += `${line}\n`;
          else {
            this.taken.push(data);
            data = undefined;
            socket.write('250 taken\r\n');
          }
        } else if (/^DATA/i.test(line)) {
          data = '';
          socket.write('354 go on\r\n');
        } else if (/^RCPT/i.test(line) && this.refusing) socket.write('550 no such mailbox\r\n');
        else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else socket.write('250 fine\r\n');
      }
    });
  }
}

const server = new MailServer();
let userId = 0n;

beforeAll(async () => {
  setEnv({ SMTP_URL: await server.start(), MAIL_FROM: 'Wakachi <no-reply@wakachi.example>' });
  const [row] = await database.owner`select create_account('hanako@example.com', 'x', 'ja') as id`;
  userId = BigInt(row?.id);
});
afterAll(async () => {
  closeMail();
  await server.stop();
});

const write = () =>
  withInvestor(userId, (tx) =>
    writeMail(
      tx,
      { userId, recipient: 'hanako@example.com', locale: 'ja' },
      { kind: 'reset', path: '/reset-password?token=x' },
    ),
  );
const waiting = async () => (await database.owner`select id from mails where sent_at is null`).length;

describe('mails', () => {
  it('are sent once, by however many senders', async () => {
    await write();
    await write();
    const reports = await Promise.all([sendMails(), sendMails(), sendMails()]);
    expect(reports.reduce((sum, { sent }) => sum + sent, 0)).toBe(2);
    expect(server.taken).toHaveLength(2);
    expect(server.taken[0]).toContain('To: hanako@example.com');
    expect(server.taken[0]).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(await waiting()).toBe(0);
  });

  it('that are refused stay, with the reason, and go out when the server takes them', async () => {
    server.refusing = true;
    await write();
    expect(await sendMails()).toMatchObject({ sent: 0, failed: 1 });
    const [mail] = await database.owner<{ failure: string }[]>`select failure from mails where sent_at is null`;
    expect(mail?.failure).toContain('550');
    server.refusing = false;
    expect(await sendMails()).toMatchObject({ sent: 1, failed: 0 });
    expect(await waiting()).toBe(0);
  });

  it('are not written when their cause is rolled back', async () => {
    const failed = withInvestor(userId, async (tx) => {
      await writeMail(
        tx,
        { userId, recipient: 'hanako@example.com', locale: 'en' },
        { kind: 'known', path: '/sign-in' },
      );
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await waiting()).toBe(0);
  });

  it('wait in the outbox when there is no server', async () => {
    setEnv({ SMTP_URL: undefined });
    await write();
    expect(await sendMails()).toEqual({ sent: 0, failed: 0, lastFailure: null });
    expect(await waiting()).toBe(1);
  });
});
