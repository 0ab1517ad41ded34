/** What the desk hands to both sides: a draft as it was read, and both texts of a document's next version. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { read } from '@/db/client';
import { listDecisions } from '@/db/queries/governance-public';
import { getOffering } from '@/db/queries/offerings';
import { testDatabase } from '@/db/test-hooks';
import { addStaff } from '@/db/test-scene';
import { proposeDocument } from './propose-document';
import { proposeDraft } from './propose-draft';
import type { StaffSession } from './read-as-staff';
import { signProposal } from './sign-proposal';
import { viewDeskDocument } from './view-desk-documents';
import { viewDeskOffering } from './view-desk-offerings';
import { viewProposals } from './view-proposals';

const database = testDatabase('seeded');
let manager: StaffSession;

beforeAll(async () => {
  const { sessionId } = await addStaff(database.owner, { role: 'MANAGER' });
  manager = { sessionId, role: 'MANAGER' };
});

const bothSign = async (id: string) => {
  for (const side of ['US', 'JP'] as const) {
    const { sessionId } = await addStaff(database.owner, { side });
    const [row] = await database.owner<
      [{ sha256: string }]
    >`select sha256 from proposal_revisions where proposal_id = ${id}`;
    expect(await signProposal({ sessionId }, { id, revision: 1, sha256: row.sha256 })).toMatchObject({ ok: true });
  }
};

describe('a draft', () => {
  test('that changed after it was read is not proposed', async () => {
    const answer = await proposeDraft(manager, { key: randomUUID(), slug: 'spring-jp', version: 9 });
    expect(answer).toMatchObject({ ok: false, error: { code: 'draft.changed' } });
    const none = await proposeDraft(manager, { key: randomUUID(), slug: 'nowhere', version: 1 });
    expect(none).toMatchObject({ ok: false, error: { code: 'draft.not-found' } });
  });

  test('is proposed once by one form, locked meanwhile, and public when both have signed', async () => {
    const draft = { key: randomUUID(), slug: 'spring-jp', version: 1 };
    const [first, again] = [await proposeDraft(manager, draft), await proposeDraft(manager, draft)];
    expect(first).toMatchObject({ ok: true });
    expect(again).toMatchObject({ ok: true, value: { id: draft.key, replayed: true } });
    expect(await viewDeskOffering(manager, 'spring-jp')).toMatchObject({ state: 'IN_APPROVAL' });
    expect(await read((db) => getOffering(db, 'spring-jp'))).toBeNull();
    await bothSign(draft.key);
    expect(await read((db) => getOffering(db, 'spring-jp'))).toMatchObject({ state: 'APPROVED', phase: 'UPCOMING' });
    // The desk and the public read what it was about by its name.
    const names = await database.owner<
      { en: string; ja: string }[]
    >`select name_en as en, name_ja as ja from offerings where slug = 'spring-jp'`;
    const { rows } = await viewProposals(manager, { state: 'EXECUTED', waitsFor: null, page: 1 });
    expect(rows.find(({ id }) => id === draft.key)?.subjectName).toEqual(names[0]);
    const [newest] = await read((db) => listDecisions(db, 1));
    expect(newest).toMatchObject({ kind: 'OFFERING', subject: 'offering:spring-jp', subjectName: names[0] });
  });
});

describe('a document', () => {
  const textsOf = async (slug: string) => {
    const document = await viewDeskDocument(manager, slug, null);
    if (!document) throw new Error(`There is no ${slug}.`);
    const { titleEn, titleJa, body, version } = document;
    return { slug, version, titleEn, titleJa, bodyEn: body.en, bodyJa: body.ja };
  };

  test.each(['prospectus', 'covenant', 'terms', 'e-delivery', 'pre-contract'])(
    '%s as it is published is a text that could be proposed again, but for being the same',
    async (slug) => {
      const answer = await proposeDocument(manager, { key: randomUUID(), ...(await textsOf(slug)) });
      expect(answer).toMatchObject({ ok: false, error: { code: 'document.unchanged', field: 'bodyEn' } });
    },
  );

  test('is published in both languages when both have signed', async () => {
    const texts = await textsOf('terms');
    const key = randomUUID();
    const next = {
      ...texts,
      key,
      bodyEn: `${texts.bodyEn}\r\n\r\nOne more sentence.`,
      bodyJa: `${texts.bodyJa}\n\nもう一文。`,
    };
    expect(await proposeDocument(manager, next)).toMatchObject({ ok: true });
    expect(await viewDeskDocument(manager, 'terms', texts.version + 1)).toBeNull();
    await bothSign(key);
    const [newest] = await read((db) => listDecisions(db, 1));
    expect(newest).toMatchObject({ subject: 'document:terms', subjectName: { en: texts.titleEn, ja: texts.titleJa } });
    const published = await viewDeskDocument(manager, 'terms', null);
    expect(published).toMatchObject({
      version: texts.version + 1,
      body: { en: `${texts.bodyEn}\n\nOne more sentence.`, ja: `${texts.bodyJa}\n\nもう一文。` },
    });
    const late = await proposeDocument(manager, { ...next, key: randomUUID() });
    expect(late).toMatchObject({ ok: false, error: { code: 'proposal.version-taken' } });
  });
});
