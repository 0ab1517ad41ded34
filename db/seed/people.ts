/** The demonstration people as rows. Their cash, orders and units come from db/seed/history.ts, through the functions that real ones use. */

import { decideEligibility } from '@/lib/domain/people/eligibility';
import type { IdentityReason } from '@/lib/domain/people/identity';
import { SUITABILITY_VERSION, type SuitabilityAnswers, suitabilityExpiresAt } from '@/lib/domain/people/suitability';
import type { IdentityState } from '@/lib/domain/states';
import { seal } from '@/lib/sealed';
import { DEMO_PASSWORD_HASH, DEMO_TOTP_SECRET, PERSONAS, type PersonaName } from '@/scripts/lib/personas.mjs';
import type * as schema from '../schema';
import { keyOf } from './keys';

type User = typeof schema.users.$inferInsert;
type Staff = typeof schema.staff.$inferInsert;
type Totp = typeof schema.totpFactors.$inferInsert;
type Investor = typeof schema.investors.$inferInsert;
type IdentityEvent = typeof schema.identityEvents.$inferInsert;
type Suitability = typeof schema.suitabilityAnswers.$inferInsert;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** An instant so many days before the first seeding. */
export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);

/** How many days before the first seeding each of them signed up. */
const SIGNED_UP: Record<PersonaName, number> = {
  american: 118,
  japanese: 119,
  newAmerican: 1,
  newJapanese: 1,
  underReview: 2,
  refused: 9,
  thirdCountry: 30,
  usOperator: 400,
  jpOperator: 400,
  auditor: 400,
  usOperator2: 380,
  jpOperator2: 380,
  manager: 400,
  support: 200,
  moved: 120,
};

const NAMES = Object.keys(PERSONAS) as PersonaName[];

export const userRows = (now: Date): User[] =>
  NAMES.map((name) => {
    const { id, email, locale, role = 'CITIZEN', side = null } = PERSONAS[name];
    const createdAt = daysBefore(now, SIGNED_UP[name]);
    return {
      id: BigInt(id),
      email,
      passwordHash: DEMO_PASSWORD_HASH,
      emailVerifiedAt: new Date(createdAt.getTime() + HOUR_MS / 4),
      role,
      side,
      locale,
      createdAt,
    };
  });

/** The members of staff: each is a person of their own. */
export const staffRows = (): Staff[] =>
  NAMES.flatMap((name) => {
    const { id, name: displayName } = PERSONAS[name];
    return displayName ? [{ userId: BigInt(id), personId: keyOf(`person ${id}`), displayName }] : [];
  });

/** Their authenticator apps, all with the one secret that testers know; sealed anew, so that these rows differ from one seeding to the next. */
export const totpRows = (now: Date): Totp[] =>
  staffRows().map(({ userId }) => ({
    id: keyOf(`authenticator ${userId}`),
    userId,
    sealedSecret: seal('totp secret', userId, DEMO_TOTP_SECRET),
    createdAt: daysBefore(now, 100),
    confirmedAt: daysBefore(now, 100),
  }));

/** What a person told about themselves, and how the identity check went; what follows for orders is the domain's to say. */
type Story = Partial<
  Omit<Investor, 'investorId' | 'identityState' | 'status' | 'statusReason' | 'country' | 'suitabilityVersion'>
> & {
  events: [state: IdentityState, reason: IdentityReason][];
  /** Days before the first seeding on which the questions of suitability were answered. */
  answered: number[];
};

const APPROVED: Story['events'] = [
  ['DRAFT', 'started'],
  ['SUBMITTED', 'submitted'],
  ['APPROVED', 'all-checks-passed'],
];

const STORIES: Partial<Record<PersonaName, Story>> = {
  american: {
    residence: 'US',
    nationality: 'US',
    usPerson: true,
    familyName: 'Carter',
    givenName: 'Emily',
    birthDate: '1988-04-17',
    postalCode: '80203',
    region: 'CO',
    city: 'Denver',
    street: '1425 Sherman Street',
    building: 'Apt 6',
    displayCurrency: 'USD',
    events: APPROVED,
    answered: [117, 10],
  },
  japanese: {
    residence: 'JP',
    nationality: 'JP',
    usPerson: false,
    familyName: '髙橋',
    givenName: '美咲',
    familyNameKana: 'タカハシ',
    givenNameKana: 'ミサキ',
    birthDate: '1985-09-02',
    postalCode: '150-0001',
    region: '東京都',
    city: '渋谷区',
    street: '神宮前六丁目12-8',
    building: 'メゾン神宮前305',
    displayCurrency: 'JPY',
    events: APPROVED,
    answered: [118, 11],
  },
  newAmerican: { events: [], answered: [] },
  newJapanese: { events: [], answered: [] },
  underReview: {
    residence: 'US',
    nationality: 'JP',
    usPerson: true,
    familyName: '渡辺',
    givenName: '優',
    birthDate: '1993-12-11',
    postalCode: '98109',
    region: 'WA',
    city: 'Seattle',
    street: '400 Dexter Avenue North',
    displayCurrency: 'USD',
    events: [
      ['DRAFT', 'started'],
      ['SUBMITTED', 'submitted'],
      ['IN_REVIEW', 'referred'],
    ],
    answered: [1],
  },
  refused: {
    residence: 'US',
    nationality: 'US',
    usPerson: true,
    familyName: 'Bennett',
    givenName: 'Grace',
    birthDate: '1979-01-30',
    // A Chicago code with an Oregon address: the review could not bring the two together.
    postalCode: '60614',
    region: 'OR',
    city: 'Portland',
    street: '810 Southwest Alder Street',
    displayCurrency: 'USD',
    events: [
      ['DRAFT', 'started'],
      ['SUBMITTED', 'submitted'],
      ['IN_REVIEW', 'address-unclear'],
      ['REJECTED', 'address-mismatch'],
    ],
    answered: [],
  },
  thirdCountry: {
    residence: 'DE',
    nationality: 'DE',
    usPerson: false,
    familyName: 'Fischer',
    givenName: 'Lena',
    birthDate: '1990-07-08',
    postalCode: '10999',
    region: 'Berlin',
    city: 'Berlin',
    street: 'Oranienstraße 25',
    displayCurrency: 'USD',
    events: APPROVED,
    answered: [],
  },
  // Bought in the United States and lives in Japan now: units of the one class, and eligible for the other.
  moved: {
    residence: 'JP',
    nationality: 'JP',
    usPerson: false,
    familyName: '中村',
    givenName: '翔',
    familyNameKana: 'ナカムラ',
    givenNameKana: 'ショウ',
    birthDate: '1991-02-20',
    postalCode: '810-0001',
    region: '福岡県',
    city: '福岡市中央区',
    street: '天神二丁目5-3',
    displayCurrency: 'JPY',
    events: APPROVED,
    answered: [119, 9],
  },
};

const ANSWERS: SuitabilityAnswers = {
  knowledgeLoss: 'sometimes',
  knowledgeCurrency: 'changes',
  experience: 'some',
  finances: 'spare',
  purpose: 'longTerm',
  risk: 'smallLoss',
};

export function investorRows(now: Date): { investors: Investor[]; events: IdentityEvent[]; answers: Suitability[] } {
  const investors: Investor[] = [];
  const events: IdentityEvent[] = [];
  const answers: Suitability[] = [];
  for (const name of NAMES) {
    const story = STORIES[name];
    if (!story) continue;
    const investorId = BigInt(PERSONAS[name].id);
    const signedUp = daysBefore(now, SIGNED_UP[name]);
    const { events: steps, answered, ...said } = story;
    const own = steps.map(([state, reason], index) => ({
      investorId,
      sequence: index + 1,
      state,
      reason,
      at: new Date(signedUp.getTime() + (index + 1) * HOUR_MS),
    }));
    const given = answered.map((days) => suitability(investorId, daysBefore(now, days)));
    investors.push(investor(investorId, said, own, given, now, signedUp));
    events.push(...own);
    answers.push(...given);
  }
  return { investors, events, answers };
}

function investor(
  investorId: bigint,
  said: Partial<Investor>,
  events: IdentityEvent[],
  answers: Suitability[],
  now: Date,
  signedUp: Date,
): Investor {
  const identityState = events.at(-1)?.state ?? 'DRAFT';
  const latest = answers.at(-1);
  const { status, reason, country } = decideEligibility(
    {
      status: 'PENDING',
      identityState,
      residence: said.residence ?? null,
      nationality: said.nationality ?? null,
      usPerson: said.usPerson ?? null,
      suitability: latest ?? null,
    },
    now,
  );
  return {
    investorId,
    ...said,
    identityState,
    status,
    statusReason: reason,
    country,
    ...(latest && { suitabilityVersion: latest.version, suitabilityExpiresAt: latest.expiresAt }),
    updatedAt: latest?.answeredAt ?? events.at(-1)?.at ?? signedUp,
  };
}

function suitability(investorId: bigint, answeredAt: Date): Suitability {
  return {
    investorId,
    answeredAt,
    version: SUITABILITY_VERSION,
    answers: ANSWERS,
    outcome: 'SUITABLE',
    expiresAt: suitabilityExpiresAt(answeredAt),
  };
}
