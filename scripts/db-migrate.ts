import { migrate, UnusableDatabaseError } from '@/db/migrate';
import { EnvironmentError, required } from '@/lib/env';

try {
  await migrate(required('DATABASE_URL'), required('AUTH_SECRET'), (line) => console.log(`  ${line}`));
} catch (error) {
  if (!(error instanceof UnusableDatabaseError || error instanceof EnvironmentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
