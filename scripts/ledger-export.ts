/** The ledger of DATABASE_URL as text, one line a posting, as its owner: npm run ledger:export [-- FILE]. Its SHA-256 goes to the error output. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { connect, PATIENT_DEADLINES } from '@/db/connect';
import { exportLedger } from '@/db/queries/ledger-export';
import { required } from '@/lib/env';

const sql = connect(required('DATABASE_URL'), { max: 1, name: 'wakachi-ledger-export', deadlines: PATIENT_DEADLINES });
try {
  const text = await sql.begin('isolation level repeatable read read only', (tx) => exportLedger(tx));
  const file = process.argv[2];
  if (file) writeFileSync(file, text);
  else process.stdout.write(text);
  console.error(createHash('sha256').update(text).digest('hex'));
} finally {
  await sql.end({ timeout: 5 });
}
