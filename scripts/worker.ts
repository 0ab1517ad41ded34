/** The job worker: does what falls due, and sends mails. SIGTERM lets the jobs under way finish first. */
import { Logger, run } from 'graphile-worker';
import { closeDatabase } from '@/db/client';
import { required } from '@/lib/env';
import { makeTasks, TIMETABLE } from '@/lib/jobs/tasks';
import { closeMail } from '@/lib/mail/transport';

const say = (line: string, facts: Record<string, unknown> = {}) =>
  console.log(JSON.stringify({ level: 'info', time: new Date().toISOString(), name: 'worker', msg: line, ...facts }));

let ending = false;

const runner = await run({
  connectionString: required('DATABASE_URL'),
  // Moving the clock may take minutes; what else is due, and mails, go on beside it.
  concurrency: 3,
  // The site's own pools have deadlines; the queue needs one connection to listen on and three to work.
  maxPoolSize: 5,
  pollInterval: 2_000,
  taskList: makeTasks(say, () => ending),
  crontab: TIMETABLE,
  noHandleSignals: true,
  logger: new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning')
      console.error(JSON.stringify({ level, name: 'worker', msg: message }));
  }),
});

async function end() {
  if (ending) return;
  ending = true;
  await runner.stop();
  await closeDatabase();
  closeMail();
}
// Before it says that it is ready: who starts it may end it from then on.
process.once('SIGTERM', end);
process.once('SIGINT', end);

await runner.addJob('run-due', {}, { jobKey: 'run-due' });
say('The job worker is ready.');
await runner.promise;
await end();
