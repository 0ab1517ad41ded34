/** The jobs of the worker, by name. Each may run at any time and any number of times. */
import { sendNextMail } from '@/db/commands/mails';
import { env } from '@/lib/env';
import { sendMail } from '@/lib/mail/transport';
import { advancePlans } from '@/lib/services/advance-plans';
import { advanceSwitches } from '@/lib/services/advance-switches';
import { advanceValuations } from '@/lib/services/advance-valuations';
import { refundSales } from '@/lib/services/refund-sales';
import { advanceAllotments } from '@/lib/services/settle-windows';
import { tellApplicants } from '@/lib/services/tell-applicants';
import { tellDealing } from '@/lib/services/tell-dealing';
import { tellMovedDays } from '@/lib/services/tell-moved-days';
import { advanceClockIfAlone } from './advance-clock';
import { expirePublicData } from './expire-public-data';
import { runDue, whileNobodyElse } from './run-due';

export type Log = (line: string, facts: Record<string, unknown>) => void;

/**
 * When each job runs besides being asked for: once a minute, in real time (the simulated clock may stand still). A run of the clock whose mover died is
 * carried on then.
 */
export const TIMETABLE = ['* * * * * run-due', '* * * * * send-mails', '* * * * * advance-clock'].join('\n');

/** `isEnding`: the worker is told to end, and what is long stops where it can be taken up again. */
export const makeTasks = (log: Log, isEnding: () => boolean = () => false) => ({
  'advance-clock': async () => {
    const step = await advanceClockIfAlone(undefined, isEnding);
    if (!step) return;
    await expirePublicData();
    log('Moved the clock.', { at: step.at, events: step.events, finished: step.finished });
  },
  'run-due': async () => {
    const report = await runDue();
    if (Object.values(report).every((count) => count === 0)) return;
    await expirePublicData();
    log('Done what was due.', report);
  },
  'advance-valuations': async () => {
    const steps = await whileNobodyElse(() => advanceValuations());
    if (steps === 0) return;
    await expirePublicData();
    log('Valued the fund.', { steps });
  },
  'advance-plans': async () => {
    const turns = await whileNobodyElse(() => advancePlans());
    if (turns > 0) log('Took the turns of monthly plans.', { turns });
  },
  'advance-switches': async () => {
    const parts = await whileNobodyElse(() => advanceSwitches());
    if (parts > 0) log('Carried switches on.', { parts });
  },
  'advance-allotments': async () => {
    const steps = await whileNobodyElse(advanceAllotments);
    if (steps === 0) return;
    await expirePublicData();
    log('Advanced the allotment.', { steps });
  },
  'tell-applicants': async () => {
    const told = await whileNobodyElse(() => tellApplicants());
    if (told > 0) log('Told applicants of a new version.', { told });
  },
  'tell-dealing': async () => {
    const told = await whileNobodyElse(() => tellDealing());
    if (told > 0) log('Told what became of orders at NAV.', { told });
  },
  'tell-moved-days': async () => {
    const told = await whileNobodyElse(() => tellMovedDays());
    if (told > 0) log('Told of days that moved.', { told });
  },
  'refund-sales': async () => {
    const people = await whileNobodyElse(refundSales);
    if (people > 0) log('Refunded buyers.', { people });
  },
  'send-mails': async () => {
    const report = await sendMails();
    if (report.sent > 0) log('Sent mails.', report);
    // Thrown, so that the job is tried again, later each time.
    if (report.failed > 0) throw new Error(`${report.failed} mails could not be sent: ${report.lastFailure}`);
  },
});

/** Every waiting mail, one after the other. Without a mail server they stay in the outbox. */
export async function sendMails(): Promise<{ sent: number; failed: number; lastFailure: string | null }> {
  const report = { sent: 0, failed: 0, lastFailure: null as string | null };
  if (!env().SMTP_URL) return report;
  for (let after = 0n; ; ) {
    const next = await sendNextMail(after, sendMail);
    if (!next) return report;
    after = next.id;
    if (next.failure === null) report.sent += 1;
    else Object.assign(report, { failed: report.failed + 1, lastFailure: next.failure });
  }
}
