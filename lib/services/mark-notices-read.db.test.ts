/** Notices are a person's own mails: nobody else's, never a link that lets in, and nothing of them changes but that they were read. */
import { expect, test } from 'vitest';
import { withInvestor } from '@/db/client';
import { getOverviewPage } from '@/db/queries/investor-pages';
import { getNotices } from '@/db/queries/notices';
import { testDatabase } from '@/db/test-hooks';
import { PERSONAS } from '@/scripts/lib/personas.mjs';
import { markNoticesRead } from './mark-notices-read';

const database = testDatabase('seeded');
const ann = BigInt(PERSONAS.american.id);
const ben = BigInt(PERSONAS.japanese.id);

async function tell(who: bigint, ...kinds: string[]): Promise<bigint[]> {
  const written = await database.owner<{ id: bigint }[]>`
    insert into mails (user_id, kind, recipient, locale, subject, body)
    select u.id, k.kind, u.email, u.locale, k.kind, 'body' from users u, unnest(${kinds}::text[]) with ordinality as k (kind, n)
     where u.id = ${who} order by k.n returning id`;
  return written.map(({ id }) => BigInt(id));
}
const subjects = async (who: bigint) => (await getNotices(who, null, 100)).notices.map(({ subject }) => subject);

test('are what was written to the person, newest first, without what would let somebody in', async () => {
  await tell(ann, 'verify', 'dealing-accepted', 'reset', 'known', 'plan-lapsed');
  await tell(ben, 'dealing-bought');
  expect(await subjects(ann)).toEqual(['plan-lapsed', 'dealing-accepted']);
  expect(await subjects(ben)).toEqual(['dealing-bought']);
  // The database keeps them back, whatever a query asks for.
  const all = await withInvestor(ann, (_, sql) => sql<{ kind: string }[]>`select kind from mails order by id`);
  expect(all.map(({ kind }) => kind)).toEqual(['dealing-accepted', 'plan-lapsed']);
  for (const column of ['recipient', 'subject', 'body', 'kind'])
    await expect(
      withInvestor(ann, (_, sql) => sql.unsafe(`update mails set ${column} = 'x' where user_id = ${ann}`)),
    ).rejects.toThrow(/permission denied/);
});

test('are marked by their own person, up to the newest that was shown, and keep when', async () => {
  const first = await getNotices(ann, null, 100);
  const shown = first.notices[0]?.id ?? 0n;
  const [later = 0n] = await tell(ann, 'dealing-settled');
  expect((await getOverviewPage(ann, 1)).unread).toBe(3);

  await markNoticesRead({ userId: ben }, { from: 0n, upTo: later });
  expect((await getNotices(ann, null, 100)).unread).toBe(3);
  await markNoticesRead({ userId: ann }, { from: 0n, upTo: shown });
  const marked = await getNotices(ann, null, 100);
  expect(marked).toMatchObject({ unread: 1, total: 3 });
  expect(marked.notices.map(({ readAt }) => readAt === null)).toEqual([true, false, false]);

  await database.owner`update mails set read_at = '2026-01-01' where id = ${shown}`;
  await markNoticesRead({ userId: ann }, { from: 0n, upTo: later });
  const again = await getNotices(ann, null, 100);
  expect(again.unread).toBe(0);
  expect(again.notices.find(({ id }) => id === shown)?.readAt).toEqual(new Date('2026-01-01T00:00:00Z'));
});

test('page through thousands: none twice, none left out, and a new one moves nothing', async () => {
  await tell(ben, ...Array.from({ length: 2_600 }, (_, i) => `plan-ordered ${i}`));
  const seen: bigint[] = [];
  let pages = 0;
  for (let before: bigint | null = null; ; ) {
    const page = await getNotices(ben, before, 25);
    expect(page.newer).toBe(seen.length + (pages > 0 ? 1 : 0));
    seen.push(...page.notices.map(({ id }) => id));
    // One that comes in while they are read is newer than all of them.
    if (pages++ === 0) await tell(ben, 'dealing-paid');
    if (page.next === null) break;
    before = page.next;
  }
  expect(pages).toBe(105);
  expect(new Set(seen).size).toBe(2_601);
  expect(seen).toEqual(seen.toSorted((a, b) => (a < b ? 1 : -1)));
  // Most mails are other people's, and the planner knows it: it takes the index of the person, not the newest mails of all.
  await database.owner`
    insert into mails (user_id, kind, recipient, locale, subject, body)
    select u.id, 'plan-ordered', u.email, u.locale, 'plan-ordered', 'body' from users u, generate_series(1, 20000) where u.id = ${ann}`;
  await database.owner`analyze mails`;
  const plan = await withInvestor(
    ben,
    (_, sql) =>
      sql<
        { 'QUERY PLAN': string }[]
      >`explain select id from mails where user_id = ${ben} and id < 9999 order by id desc limit 26`,
  );
  expect(JSON.stringify([...plan])).toContain('mails_person');
});
