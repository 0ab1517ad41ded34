import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IDENTITY_STATES, INVESTOR_STATUSES } from '../states';
import { canAppeal, decideEligibility, type EligibilityFacts, NEXT_STEP } from './eligibility';
import {
  ageOn,
  canMoveIdentity,
  concludeReview,
  IDENTITY_TRANSITIONS,
  type IdentityApplication,
  parseBirthDate,
  reviewIdentity,
} from './identity';
import { COUNTRY_CODES } from './places';
import {
  QUESTIONS,
  type SuitabilityAnswers,
  scoreSuitability,
  suitabilityAnswersSchema,
  suitabilityExpiresAt,
} from './suitability';

const now = new Date('2026-11-22T03:00:00Z');
const good: EligibilityFacts = {
  status: 'PENDING',
  identityState: 'APPROVED',
  residence: 'JP',
  nationality: 'JP',
  usPerson: false,
  suitability: { outcome: 'SUITABLE', expiresAt: new Date('2027-11-22T03:00:00Z') },
};
const anyFacts: fc.Arbitrary<EligibilityFacts> = fc.record({
  status: fc.constantFrom(...INVESTOR_STATUSES),
  identityState: fc.constantFrom(...IDENTITY_STATES),
  residence: fc.constantFrom(null, 'US', 'JP', 'FR', 'KR'),
  nationality: fc.constantFrom(null, 'US', 'JP', 'FR'),
  usPerson: fc.constantFrom(null, true, false),
  suitability: fc.option(
    fc.record({
      outcome: fc.constantFrom('SUITABLE' as const, 'NOT_SUITABLE' as const),
      expiresAt: fc.date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }),
    }),
  ),
});

describe('eligibility', () => {
  it('lets residents of both countries buy their class', () => {
    expect(decideEligibility(good, now)).toEqual({ status: 'ELIGIBLE', reason: 'all-met', country: 'JP' });
    expect(decideEligibility({ ...good, residence: 'US', nationality: 'US', usPerson: true }, now)).toMatchObject({
      status: 'ELIGIBLE',
      country: 'US',
    });
    expect(decideEligibility({ ...good, residence: 'US', nationality: 'JP', usPerson: true }, now)).toMatchObject({
      status: 'ELIGIBLE',
      country: 'US',
    });
  });

  it.each<[Partial<EligibilityFacts>, string, string]>([
    [{ residence: 'FR' }, 'INELIGIBLE', 'residence-third-country'],
    [{ usPerson: true }, 'INELIGIBLE', 'us-person-in-japan'],
    [{ nationality: 'US' }, 'INELIGIBLE', 'us-person-in-japan'],
    [{ identityState: 'DRAFT' }, 'PENDING', 'identity-missing'],
    [{ identityState: 'IN_REVIEW' }, 'PENDING', 'identity-in-review'],
    [{ identityState: 'REJECTED' }, 'INELIGIBLE', 'identity-rejected'],
    [{ identityState: 'RECHECK' }, 'PENDING', 'identity-recheck'],
    [{ suitability: null }, 'PENDING', 'suitability-missing'],
    [{ suitability: { outcome: 'SUITABLE', expiresAt: now } }, 'PENDING', 'suitability-expired'],
    [
      { suitability: { outcome: 'NOT_SUITABLE', expiresAt: new Date('2027-01-01') } },
      'INELIGIBLE',
      'suitability-not-suitable',
    ],
    [{ status: 'FROZEN' }, 'FROZEN', 'frozen'],
  ])('%j → %s, %s', (change, status, reason) => {
    expect(decideEligibility({ ...good, ...change }, now)).toMatchObject({ status, reason });
  });

  it('lets nobody buy who lacks one of the conditions, and always says what comes next', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const decision = decideEligibility(facts, now);
        expect(NEXT_STEP[decision.reason]).toBeDefined();
        expect(decision.status === 'ELIGIBLE').toBe(decision.reason === 'all-met');
        if (decision.status === 'ELIGIBLE') {
          expect(facts.identityState).toBe('APPROVED');
          expect(['US', 'JP']).toContain(facts.residence);
          expect(decision.country).toBe(facts.residence);
          expect(facts.suitability?.outcome).toBe('SUITABLE');
          expect(facts.suitability && facts.suitability.expiresAt > now).toBe(true);
          expect(facts.residence === 'JP' && facts.usPerson === true).toBe(false);
          expect(facts.status).not.toBe('FROZEN');
        }
        if (canAppeal(decision.status)) expect(NEXT_STEP[decision.reason]).not.toBe('buy');
      }),
    );
  });

  it('does not depend on the status before, freezes aside', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        fc.pre(facts.status !== 'FROZEN');
        expect(decideEligibility({ ...facts, status: 'ELIGIBLE' }, now)).toEqual(
          decideEligibility({ ...facts, status: 'PENDING' }, now),
        );
      }),
    );
  });
});

describe('identity check', () => {
  const application: IdentityApplication = {
    birthDate: '1990-05-05',
    residence: 'JP',
    nationality: 'JP',
    region: '東京都',
    postalRegion: '東京都',
  };
  const today = '2026-11-22';

  it.each<[Partial<IdentityApplication>, string, string]>([
    [{}, 'APPROVED', 'all-checks-passed'],
    [{ birthDate: '2008-11-23' }, 'REJECTED', 'under-age'],
    [{ birthDate: '2008-11-22' }, 'APPROVED', 'all-checks-passed'],
    [{ postalRegion: '大阪府' }, 'IN_REVIEW', 'address-unclear'],
    [{ postalRegion: null }, 'IN_REVIEW', 'address-unclear'],
    [{ nationality: 'FR' }, 'IN_REVIEW', 'documents-abroad'],
    [{ residence: 'FR', nationality: 'FR', region: null, postalRegion: null }, 'APPROVED', 'all-checks-passed'],
  ])('%j → %s, %s', (change, state, reason) => {
    expect(reviewIdentity({ ...application, ...change }, today)).toEqual({ state, reason });
  });

  it('ends every review, and never lets a child through', () => {
    const date = fc
      .date({ min: new Date('1900-01-01'), max: new Date('2026-11-22'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10));
    const any = fc.record({
      birthDate: date,
      residence: fc.constantFrom('JP', 'US', 'FR'),
      nationality: fc.constantFrom('JP', 'US', 'FR'),
      region: fc.constantFrom('東京都', '大阪府', null),
      postalRegion: fc.constantFrom('東京都', '大阪府', null),
    });
    fc.assert(
      fc.property(any, (a) => {
        const first = reviewIdentity(a, today);
        const last = first.state === 'IN_REVIEW' ? concludeReview(a, today) : first;
        expect(['APPROVED', 'REJECTED']).toContain(last.state);
        expect(canMoveIdentity('SUBMITTED', first.state)).toBe(true);
        if (first.state === 'IN_REVIEW') expect(canMoveIdentity('IN_REVIEW', last.state)).toBe(true);
        if (ageOn(a.birthDate, today) < 18) expect(last).toEqual({ state: 'REJECTED', reason: 'under-age' });
      }),
    );
  });

  it('reaches every state, and leaves every state', () => {
    const reached = new Set(['DRAFT']);
    for (let i = 0; i < IDENTITY_STATES.length; i += 1) {
      for (const state of IDENTITY_STATES)
        if (reached.has(state)) for (const to of IDENTITY_TRANSITIONS[state]) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...IDENTITY_STATES].sort());
    for (const state of IDENTITY_STATES) expect(IDENTITY_TRANSITIONS[state].length).toBeGreaterThan(0);
  });

  it.each([
    ['１９９０', '５', '05', '1990-05-05'],
    ['2000', '2', '29', '2000-02-29'],
    ['1900', '2', '29', undefined],
    ['1990', '13', '1', undefined],
    ['2026', '11', '23', undefined],
    ['1800', '1', '1', undefined],
    ['', '', '', undefined],
    ['1e3', '1', '1', undefined],
    ['-1', '1', '1', undefined],
  ])('birth date %s-%s-%s → %s', (y, m, d, iso) => expect(parseBirthDate(y, m, d, today)).toBe(iso));

  it('counts years on the day itself, leap days on March 1', () => {
    expect(ageOn('2008-02-29', '2026-02-28')).toBe(17);
    expect(ageOn('2008-02-29', '2026-03-01')).toBe(18);
  });
});

describe('suitability', () => {
  const best: SuitabilityAnswers = {
    knowledgeLoss: 'sometimes',
    knowledgeCurrency: 'changes',
    experience: 'years',
    finances: 'spare',
    purpose: 'longTerm',
    risk: 'largeLoss',
  };
  const any = fc.record(
    Object.fromEntries(QUESTIONS.map((q) => [q.id, fc.constantFrom(...Object.keys(q.choices))])),
  ) as unknown as fc.Arbitrary<SuitabilityAnswers>;

  it('accepts the careful and refuses those it would harm', () => {
    expect(scoreSuitability(best)).toEqual({ outcome: 'SUITABLE', points: 13, concerns: [] });
    expect(scoreSuitability({ ...best, knowledgeLoss: 'unsure' }).concerns).toEqual(['knowledge']);
    expect(scoreSuitability({ ...best, finances: 'wouldHurt', risk: 'noLoss' }).concerns).toEqual(['finances', 'risk']);
    expect(
      scoreSuitability({
        ...best,
        knowledgeCurrency: 'unsure',
        experience: 'none',
        finances: 'partOfSavings',
        purpose: 'fewYears',
        risk: 'smallLoss',
      }),
    ).toEqual({ outcome: 'SUITABLE', points: 6, concerns: [] });
  });

  it('never turns an answer of more points into a worse outcome', () => {
    fc.assert(
      fc.property(any, fc.constantFrom(...QUESTIONS), (answers, question) => {
        const choices: Record<string, number> = question.choices;
        const before = scoreSuitability(answers);
        for (const [choice, points] of Object.entries(choices)) {
          if (points <= (choices[answers[question.id]] ?? 0)) continue;
          const after = scoreSuitability({ ...answers, [question.id]: choice });
          if (before.outcome === 'SUITABLE') expect(after.outcome).toBe('SUITABLE');
        }
      }),
    );
  });

  it('gives a reason whenever it refuses, and the schema takes what the questions offer', () => {
    fc.assert(
      fc.property(any, (answers) => {
        const { outcome, concerns } = scoreSuitability(answers);
        expect(outcome === 'SUITABLE').toBe(concerns.length === 0);
        expect(suitabilityAnswersSchema.parse(answers)).toEqual(answers);
      }),
    );
    expect(suitabilityAnswersSchema.safeParse({ ...best, points: 13 }).success).toBe(false);
    expect(suitabilityAnswersSchema.safeParse({ ...best, risk: 'extreme' }).success).toBe(false);
  });

  it('lasts a year', () => {
    expect(suitabilityExpiresAt(now).toISOString()).toBe('2027-11-22T03:00:00.000Z');
    expect(suitabilityExpiresAt(new Date('2028-02-29T00:00:00Z')).toISOString()).toBe('2029-03-01T00:00:00.000Z');
  });
});

describe('countries', () => {
  it('are all known to Intl in both languages', () => {
    for (const locale of ['en', 'ja']) {
      const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
      expect(COUNTRY_CODES.filter((code) => !names.of(code))).toEqual([]);
    }
    expect(new Set(COUNTRY_CODES).size).toBe(COUNTRY_CODES.length);
  });
});
