import { connection } from 'next/server';
import { checkHealth } from '@/lib/services/check-health';

/** For whatever watches over the process: 200 when it can serve, 503 when its database does not answer. Says nothing else. */
export async function GET(): Promise<Response> {
  await connection();
  const healthy = await checkHealth();
  const headers = { 'cache-control': 'no-store', ...(!healthy && { 'retry-after': '2' }) };
  return Response.json({ status: healthy ? 'ok' : 'unavailable' }, { status: healthy ? 200 : 503, headers });
}
