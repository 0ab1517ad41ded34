/** Drafts of offerings: who may save one, what is refused, and that nobody else sees it. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { read, withInvestor, withStaff } from '@/db/client';
import { driverError } from '@/db/errors';
import { getOfferingLine } from '@/db/queries/desk/offerings';
import { getOffering, listOfferings } from '@/db/queries/offerings';
import { testDatabase } from '@/db/test-hooks';
import { addInvestors, addOffering, addStaff, setFund } from '@/db/test-scene';
import type { OfferingState, Role } from '@/lib/domain/states';
import { type DraftAnswer, saveOfferingDraft } from './offering-drafts';

const database = testDatabase();
let sessionId: string;

const DRAFT = {
  slug: 'winter-us',
  version: null as number | null,
  classId: 1,
  nameEn: 'Winter',
  nameJa: '冬',
  method: 'FIRST_COME' as const,
  price: 100_000n,
  sizeUnits: 1_000_000n,
  upsizeUnits: 0n,
  showDemand: false,
  lotUnits: 1n,
  minUnits: 1_000n,
  maxUnits: 100_000n,
  opensAt: new Date('2099-12-01T14:00:00Z'),
  closesAt: new Date('2099-12-15T21:00:00Z'),
  revealBy: null,
  prospectusId: 1,
};

const save = (change: Partial<typeof DRAFT> = {}, session = sessionId): Promise<DraftAnswer> =>
  withStaff(session, (_, sql) => saveOfferingDraft(sql, session, { ...DRAFT, ...change }));

beforeAll(async () => {
  await setFund(database.owner);
  ({ sessionId } = await addStaff(database.owner));
});

describe('save_offering_draft', () => {
  test('saves a new draft once, however often it is sent', async () => {
    const answers = await Promise.all([save(), save(), save()]);
    expect(answers).toEqual(Array(3).fill({ ok: true, termsVersion: 1 }));
    const line = await withStaff(sessionId, (db) => getOfferingLine(db, DRAFT.slug));
    // Each change is in the log once, in the transaction that made it (G3).
    expect([
      ...(await database.owner`select kind, side from operator_log where subject = 'offering:winter-us'`),
    ]).toEqual([{ kind: 'OFFERING_DRAFTED', side: 'US' }]);
    expect(line).toMatchObject({ state: 'DRAFT', nameJa: '冬', sizeUnits: 1_000_000n, soldUnits: 0n });
  });

  test('a short name is taken once', async () => {
    expect(await save({ nameEn: 'Another' })).toEqual({ ok: false, code: 'draft.slug-taken' });
  });

  test('of two editors the second is told, and overwrites nothing', async () => {
    await save({ slug: 'two-editors' });
    const first = await save({ slug: 'two-editors', version: 1, price: 110_000n });
    expect(first).toEqual({ ok: true, termsVersion: 2 });
    expect(await save({ slug: 'two-editors', version: 1, price: 120_000n })).toEqual({
      ok: false,
      code: 'draft.changed',
    });
    // The first one's own form, sent twice, is not a second editor.
    expect(await save({ slug: 'two-editors', version: 1, price: 110_000n })).toEqual(first);
  });

  test.each<OfferingState>(['IN_APPROVAL', 'APPROVED', 'OPEN', 'CLOSED', 'CANCELLED'])(
    '%s cannot be changed',
    async (state) => {
      const slug = `was-${state.toLowerCase().replace('_', '-')}`;
      await save({ slug });
      await database.owner`update offerings set state = ${state} where slug = ${slug}`;
      expect(await save({ slug, version: 1, price: 1n })).toEqual({ ok: false, code: 'draft.not-a-draft' });
      expect(await save({ slug, version: 1 })).toEqual({ ok: false, code: 'draft.not-a-draft' });
    },
  );

  test('what is not there, a prospectus that is not one, more than is authorised', async () => {
    expect(await save({ slug: 'nowhere', version: 1 })).toEqual({ ok: false, code: 'draft.not-found' });
    expect(await save({ slug: 'no-prospectus', prospectusId: 99 })).toEqual({ ok: false, code: 'draft.prospectus' });
    expect(await save({ slug: 'too-many', sizeUnits: 9_000_000_000_000_000n })).toEqual({
      ok: false,
      code: 'draft.above-authorised',
    });
    // What was refused has left nothing.
    expect(await withStaff(sessionId, (db) => getOfferingLine(db, 'too-many'))).toBeNull();
  });

  test.each<Role>(['AUDITOR', 'SUPPORT', 'CITIZEN'])('is not for %s', async (role) => {
    let session = randomUUID() as string;
    if (role === 'CITIZEN') {
      const [id = 0n] = await addInvestors(database.owner, 1);
      await database.owner`insert into sessions (id, user_id, role, user_agent) values (${session}, ${id}, 'CITIZEN', 'test')`;
    } else session = (await addStaff(database.owner, { role })).sessionId;
    await expect(save({ slug: `by-${role.toLowerCase()}` }, session).catch(driverError)).resolves.toMatchObject({
      code: '42501',
    });
  });
});

test.each<OfferingState>(['DRAFT', 'IN_APPROVAL'])(
  'nobody outside the desk sees an offering in state %s',
  async (state) => {
    const id = await addOffering(database.owner, { state });
    const [row] = await database.owner<[{ slug: string }]>`select slug from offerings where id = ${id}`;
    expect((await read(listOfferings)).map(({ slug }) => slug)).not.toContain(row.slug);
    expect(await read((db) => getOffering(db, row.slug))).toBeNull();
    // Not even by a query that leaves the state out.
    const [person = 0n] = await addInvestors(database.owner, 1);
    const seen = () => read((_, sql) => sql`select 1 from offerings where id = ${id}`);
    expect([...(await seen())]).toEqual([]);
    expect([...(await withInvestor(person, (_, sql) => sql`select 1 from offerings where id = ${id}`))]).toEqual([]);
    expect(await withStaff(sessionId, (db) => getOfferingLine(db, row.slug))).toMatchObject({ state });
    await database.owner`update offerings set state = 'OPEN' where id = ${id}`;
    expect([...(await seen())]).toHaveLength(1);
  },
);
