import { describe, expect, it } from 'vitest';
import { withInvestor } from '@/db/client';
import { moveIdentity, setEligibility } from '@/db/commands/people';
import { listOutbox } from '@/db/queries/mails';
import { getInvestor, listIdentityEvents } from '@/db/queries/people';
import { realTime, stepBy, stopClock } from '@/db/test-clock';
import { testDatabase } from '@/db/test-hooks';
import type { AddressDetails, PersonDetails, ResidenceDetails } from '@/lib/domain/people/identity-form';
import type { SuitabilityAnswers } from '@/lib/domain/people/suitability';
import { runDue } from '@/lib/jobs/run-due';
import { answerSuitability } from './answer-suitability';
import { appealEligibility } from './appeal-eligibility';
import { findAddress } from './find-address';
import { saveIdentity } from './save-identity';
import { concludeIdentityReview, submitIdentity } from './submit-identity';
import { viewEligibility } from './view-eligibility';

const database = testDatabase();
const NOON = new Date('2026-11-22T03:00:00Z');
let people = 0;

type Person = { residence: ResidenceDetails; person: PersonDetails; address: AddressDetails };
const hanako: Person = {
  residence: { residence: 'JP', nationality: 'JP', usPerson: false },
  person: {
    familyName: '髙橋',
    givenName: '花子',
    familyNameKana: 'タカハシ',
    givenNameKana: 'ハナコ',
    birthDate: '1990-05-31',
  },
  address: { postalCode: '100-0001', region: '東京都', city: '千代田区', street: '千代田1-1', building: null },
};
const jane: Person = {
  residence: { residence: 'US', nationality: 'US', usPerson: true },
  person: { familyName: 'Doe', givenName: 'Jane', familyNameKana: null, givenNameKana: null, birthDate: '1985-02-28' },
  address: { postalCode: '94105', region: 'CA', city: 'San Francisco', street: '1 Market Street', building: 'Apt 2' },
};
const SUITABLE: SuitabilityAnswers = {
  knowledgeLoss: 'sometimes',
  knowledgeCurrency: 'changes',
  experience: 'some',
  finances: 'spare',
  purpose: 'longTerm',
  risk: 'smallLoss',
};

async function citizen(): Promise<{ investorId: bigint; email: string }> {
  people += 1;
  const email = `citizen${people}@example.com`;
  const [row] = await database.owner`select create_account(${email}, 'no password', 'ja') as id`;
  return { investorId: BigInt(row?.id), email };
}

async function fillIn(session: { investorId: bigint }, who: Person) {
  for (const step of ['residence', 'person', 'address'] as const) {
    const result = await saveIdentity(session, { step, details: who[step] } as Parameters<typeof saveIdentity>[1]);
    expect(result).toEqual({ ok: true, value: null });
  }
}

const investorOf = ({ investorId }: { investorId: bigint }) =>
  withInvestor(investorId, (tx) => getInvestor(tx, investorId));
const states = async ({ investorId }: { investorId: bigint }) =>
  (await withInvestor(investorId, (tx) => listIdentityEvents(tx, investorId)))
    .reverse()
    .map((e) => `${e.state} ${e.reason}`);

describe('from details to eligibility', () => {
  it.each([
    ['a resident of Japan', hanako, 'JP'],
    ['a resident of the US', jane, 'US'],
  ] as const)('%s can buy their class', async (_, who, country) => {
    const session = await citizen();
    expect(await submitIdentity(session)).toMatchObject({ ok: false, error: { code: 'identity.incomplete' } });
    expect(await answerSuitability(session, SUITABLE)).toMatchObject({
      ok: false,
      error: { code: 'suitability.identity-first' },
    });
    await fillIn(session, who);
    expect(await submitIdentity(session)).toEqual({ ok: true, value: { state: 'APPROVED' } });
    expect(await investorOf(session)).toMatchObject({
      status: 'PENDING',
      statusReason: 'suitability-missing',
      country,
    });
    expect(await answerSuitability(session, SUITABLE)).toMatchObject({ ok: true, value: { outcome: 'SUITABLE' } });
    expect(await investorOf(session)).toMatchObject({
      status: 'ELIGIBLE',
      statusReason: 'all-met',
      country,
      familyName: who.person.familyName,
    });
    expect(await states(session)).toEqual(['DRAFT started', 'SUBMITTED submitted', 'APPROVED all-checks-passed']);
    expect(await submitIdentity(session)).toMatchObject({ ok: false, error: { code: 'identity.already-approved' } });
  });

  it('waits for the review desk, which answers when it is due and not before', async () => {
    const session = await citizen();
    await stopClock(database.owner, NOON);
    await fillIn(session, { ...hanako, residence: { residence: 'JP', nationality: 'FR', usPerson: false } });
    expect(await submitIdentity(session)).toEqual({ ok: true, value: { state: 'IN_REVIEW' } });
    expect(await saveIdentity(session, { step: 'person', details: hanako.person })).toMatchObject({
      ok: false,
      error: { code: 'identity.locked' },
    });
    expect(await submitIdentity(session)).toMatchObject({ ok: false, error: { code: 'identity.locked' } });
    expect((await viewEligibility(session))?.reviewDueAt?.toISOString()).toBe('2026-11-22T03:30:00.000Z');
    await stepBy(database.owner, 29 * 60);
    await runDue();
    expect(await investorOf(session)).toMatchObject({ identityState: 'IN_REVIEW' });
    await stepBy(database.owner, 60);
    await runDue();
    expect(await investorOf(session)).toMatchObject({ identityState: 'APPROVED', statusReason: 'suitability-missing' });
    expect(await concludeIdentityReview(session.investorId)).toBe(false);
    await realTime(database.owner);
  });

  it('leaves a check alone that was referred, however late it is, and promises no date', async () => {
    const session = await citizen();
    await stopClock(database.owner, NOON);
    await fillIn(session, { ...hanako, residence: { residence: 'JP', nationality: 'FR', usPerson: false } });
    await withInvestor(session.investorId, async (tx) => {
      await moveIdentity(tx, session.investorId, 'SUBMITTED', 'submitted');
      await moveIdentity(tx, session.investorId, 'IN_REVIEW', 'referred');
    });
    expect((await viewEligibility(session))?.reviewDueAt).toBeNull();
    await stepBy(database.owner, 400 * 86_400);
    await runDue();
    expect(await investorOf(session)).toMatchObject({ identityState: 'IN_REVIEW' });
    await realTime(database.owner);
  });

  it('decides a review once, however many workers look', async () => {
    const session = await citizen();
    await fillIn(session, { ...hanako, address: { ...hanako.address, region: '大阪府' } });
    expect(await submitIdentity(session)).toEqual({ ok: true, value: { state: 'IN_REVIEW' } });
    const answers = await Promise.all([1, 2, 3, 4].map(() => concludeIdentityReview(session.investorId)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await states(session)).toEqual([
      'DRAFT started',
      'SUBMITTED submitted',
      'IN_REVIEW address-unclear',
      'REJECTED address-mismatch',
    ]);
    const mails = (await listOutbox(200)).filter((m) => m.recipient === session.email).map((m) => m.kind);
    expect(mails).toEqual(['identity-rejected', 'identity-in-review']);
  });

  it('lets a refused person mend what was wrong, and appeal once', async () => {
    const session = await citizen();
    await fillIn(session, { ...hanako, person: { ...hanako.person, birthDate: '2015-05-31' } });
    expect(await submitIdentity(session)).toEqual({ ok: true, value: { state: 'REJECTED' } });
    expect(await investorOf(session)).toMatchObject({ status: 'INELIGIBLE', statusReason: 'identity-rejected' });
    expect(await appealEligibility(session, { message: 'My number is 123-45-6789' })).toMatchObject({
      ok: false,
      error: { code: 'text.ssn' },
    });
    expect(await appealEligibility(session, { message: '生年月日を間違えました。' })).toEqual({
      ok: true,
      value: null,
    });
    expect(await appealEligibility(session, { message: 'もう一度お願いします。' })).toMatchObject({
      ok: false,
      error: { code: 'appeal.already-made' },
    });
    await saveIdentity(session, { step: 'person', details: hanako.person });
    expect(await submitIdentity(session)).toEqual({ ok: true, value: { state: 'APPROVED' } });
    expect(await states(session)).toContain('DRAFT details-changed');
    expect(await appealEligibility(session, { message: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'appeal.not-possible' },
    });
  });

  it('checks again what was approved and then changed; saving the same changes nothing', async () => {
    const session = await citizen();
    await fillIn(session, hanako);
    await submitIdentity(session);
    await answerSuitability(session, SUITABLE);
    await saveIdentity(session, { step: 'address', details: hanako.address });
    expect(await investorOf(session)).toMatchObject({ identityState: 'APPROVED', status: 'ELIGIBLE' });
    await saveIdentity(session, { step: 'address', details: { ...hanako.address, street: '千代田1-2' } });
    expect(await investorOf(session)).toMatchObject({
      identityState: 'RECHECK',
      status: 'PENDING',
      statusReason: 'identity-recheck',
    });
    await saveIdentity(session, { step: 'residence', details: jane.residence });
    expect(await investorOf(session)).toMatchObject({
      city: null,
      region: null,
      familyNameKana: null,
      familyName: '髙橋',
    });
  });

  it('tells a resident of a third country at once', async () => {
    const session = await citizen();
    await saveIdentity(session, {
      step: 'residence',
      details: { residence: 'FR', nationality: 'JP', usPerson: false },
    });
    expect(await investorOf(session)).toMatchObject({
      status: 'INELIGIBLE',
      statusReason: 'residence-third-country',
      country: null,
    });
  });

  it('lets suitability run out after a year', async () => {
    const session = await citizen();
    await stopClock(database.owner, NOON);
    await fillIn(session, jane);
    await submitIdentity(session);
    await answerSuitability(session, SUITABLE);
    await answerSuitability(session, SUITABLE);
    expect(await investorOf(session)).toMatchObject({ status: 'ELIGIBLE' });
    await stopClock(database.owner, new Date('2027-11-22T03:00:01Z'));
    await runDue();
    expect(await investorOf(session)).toMatchObject({ status: 'PENDING', statusReason: 'suitability-expired' });
    await realTime(database.owner);
    const [row] =
      await database.owner`select count(*)::int as n from suitability_answers where investor_id = ${session.investorId}`;
    expect(row?.n).toBe(2);
  });

  it('counts the latest answers', async () => {
    const session = await citizen();
    await fillIn(session, jane);
    await submitIdentity(session);
    await answerSuitability(session, SUITABLE);
    expect(await answerSuitability(session, { ...SUITABLE, finances: 'wouldHurt' })).toMatchObject({
      ok: true,
      value: { concerns: ['finances'] },
    });
    expect(await investorOf(session)).toMatchObject({ status: 'INELIGIBLE', statusReason: 'suitability-not-suitable' });
  });

  it('leaves a freeze alone', async () => {
    const session = await citizen();
    await fillIn(session, jane);
    await withInvestor(session.investorId, (tx) =>
      setEligibility(tx, session.investorId, { status: 'FROZEN', reason: 'frozen', country: 'US' }),
    );
    await submitIdentity(session);
    await answerSuitability(session, SUITABLE);
    expect(await investorOf(session)).toMatchObject({ status: 'FROZEN', statusReason: 'frozen' });
  });
});

describe('addresses by postal code', () => {
  it.each([
    ['JP', '〒１００－０００１', { region: '東京都', city: '千代田区', street: '千代田' }],
    ['JP', '5300001', { region: '大阪府', city: '大阪市北区', street: '梅田' }],
    ['JP', '060-0000', { region: '北海道', street: '' }],
    ['US', '94105', { region: 'CA', city: 'San Francisco' }],
    ['US', '10001-0001', { region: 'NY' }],
  ] as const)('%s %s', async (country, code, found) => {
    expect(await findAddress(country, code)).toMatchObject(found);
  });
  it.each([
    ['JP', '999-9999'],
    ['US', '00000'],
    ['US', 'x'.repeat(100_000)],
    ['JP', ''],
  ] as const)('knows none for %s', async (country, code) => {
    expect(await findAddress(country, code)).toBeNull();
  });
});
