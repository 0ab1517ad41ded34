/** Runs one of the worker's jobs once, now: `npm run job -- advance-allotments`. */
import { closeDatabase } from '@/db/client';
import { makeTasks } from '@/lib/jobs/tasks';
import { closeMail } from '@/lib/mail/transport';

const tasks = makeTasks((line, facts) => console.log(line, JSON.stringify(facts)));
const name = process.argv[2] ?? '';
if (!Object.hasOwn(tasks, name)) {
  console.error(`There is no job of this name. There are: ${Object.keys(tasks).join(', ')}.`);
  process.exit(1);
}
await tasks[name as keyof typeof tasks]();
await closeDatabase();
closeMail();
