/**
 * Citizens who are nobody in particular, so that offerings have been bought from and the register has holders. Their password is one that was
 * thrown away; nobody can sign in as them.
 */
import { SUITABILITY_VERSION, suitabilityExpiresAt } from '@/lib/domain/people/suitability';
import type { Country } from '@/lib/domain/states';
import type * as schema from '../schema';
import { pick } from './keys';
import { daysBefore } from './people';

export type CrowdMember = { id: bigint; country: Country };

const FIRST_ID = 101n;
const EACH = 120;

/** The Argon2id hash of 32 random bytes that nobody kept. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$bjuduQzO43oz5vfZ85xfyQ$MZR5Z0C2JbsM9TlzTTEf4zBByTXtZQ9HkdB5SmHBcbA';

const US_FAMILY =
  'Adams Bailey Brooks Campbell Diaz Edwards Foster Garcia Hayes Johnson Kelly Lopez Martin Nelson Ortiz Patel Reed Rivera Scott Turner'.split(
    ' ',
  );
const US_GIVEN =
  'Aaron Alice Brian Carla Daniel Diana Eric Fatima George Hannah Isaac Julia Kevin Laura Maria Nathan Olivia Paul Rosa Samuel'.split(
    ' ',
  );
const US_PLACES = [
  ['10025', 'NY', 'New York', '200 West 98th Street'],
  ['60614', 'IL', 'Chicago', '2100 North Clark Street'],
  ['78704', 'TX', 'Austin', '1500 South Congress Avenue'],
  ['98109', 'WA', 'Seattle', '500 Aurora Avenue North'],
] as const;
const JP_FAMILY = [
  ['佐藤', 'サトウ'],
  ['鈴木', 'スズキ'],
  ['伊藤', 'イトウ'],
  ['小林', 'コバヤシ'],
  ['加藤', 'カトウ'],
  ['吉田', 'ヨシダ'],
  ['山口', 'ヤマグチ'],
  ['松本', 'マツモト'],
  ['井上', 'イノウエ'],
  ['林', 'ハヤシ'],
] as const;
const JP_GIVEN = [
  ['陽子', 'ヨウコ'],
  ['大輔', 'ダイスケ'],
  ['翔太', 'ショウタ'],
  ['結衣', 'ユイ'],
  ['恵', 'メグミ'],
  ['誠', 'マコト'],
  ['直美', 'ナオミ'],
  ['拓也', 'タクヤ'],
] as const;
const JP_PLACES = [
  ['150-0001', '東京都', '渋谷区', '神宮前三丁目4-5'],
  ['530-0001', '大阪府', '大阪市北区', '梅田二丁目1-3'],
  ['810-0001', '福岡県', '福岡市中央区', '天神一丁目9-17'],
  ['060-0001', '北海道', '札幌市中央区', '北一条西四丁目2-2'],
] as const;

export const CROWD: CrowdMember[] = Array.from({ length: 2 * EACH }, (_, index) => ({
  id: FIRST_ID + BigInt(index),
  country: index < EACH ? 'US' : 'JP',
}));

type User = typeof schema.users.$inferInsert;
type Investor = typeof schema.investors.$inferInsert;
type IdentityEvent = typeof schema.identityEvents.$inferInsert;
type Suitability = typeof schema.suitabilityAnswers.$inferInsert;

/** Days before the first seeding. */
const SIGNED_UP = 125;
const ANSWERED = 20;

export function crowdRows(now: Date): {
  users: User[];
  investors: Investor[];
  events: IdentityEvent[];
  answers: Suitability[];
} {
  const createdAt = daysBefore(now, SIGNED_UP);
  const answeredAt = daysBefore(now, ANSWERED);
  return {
    users: CROWD.map(({ id, country }) => ({
      id,
      email: `citizen-${id}@people.example`,
      passwordHash: NOBODYS_HASH,
      emailVerifiedAt: createdAt,
      locale: country === 'JP' ? 'ja' : 'en',
      createdAt,
    })),
    investors: CROWD.map(({ id, country }) => ({
      investorId: id,
      identityState: 'APPROVED',
      status: 'ELIGIBLE',
      statusReason: 'all-met',
      residence: country,
      country,
      nationality: country,
      usPerson: country === 'US',
      ...(country === 'US' ? american(id) : japanese(id)),
      birthDate: `${1950 + Number(id % 50n)}-06-15`,
      displayCurrency: country === 'JP' ? 'JPY' : 'USD',
      suitabilityVersion: SUITABILITY_VERSION,
      suitabilityExpiresAt: suitabilityExpiresAt(answeredAt),
      updatedAt: answeredAt,
    })),
    events: CROWD.flatMap(({ id }) =>
      (['started', 'submitted', 'all-checks-passed'] as const).map((reason, index) => ({
        investorId: id,
        sequence: index + 1,
        state: (['DRAFT', 'SUBMITTED', 'APPROVED'] as const)[index] ?? 'DRAFT',
        reason,
        at: createdAt,
      })),
    ),
    answers: CROWD.map(({ id }) => ({
      investorId: id,
      answeredAt,
      version: SUITABILITY_VERSION,
      answers: {
        knowledgeLoss: 'sometimes',
        knowledgeCurrency: 'changes',
        experience: 'years',
        finances: 'spare',
        purpose: 'longTerm',
        risk: 'smallLoss',
      },
      outcome: 'SUITABLE',
      expiresAt: suitabilityExpiresAt(answeredAt),
    })),
  };
}

function american(id: bigint): Partial<Investor> {
  const [postalCode, region, city, street] = pick(US_PLACES, `place ${id}`);
  return {
    familyName: pick(US_FAMILY, `family ${id}`),
    givenName: pick(US_GIVEN, `given ${id}`),
    postalCode,
    region,
    city,
    street,
  };
}

function japanese(id: bigint): Partial<Investor> {
  const [familyName, familyNameKana] = pick(JP_FAMILY, `family ${id}`);
  const [givenName, givenNameKana] = pick(JP_GIVEN, `given ${id}`);
  const [postalCode, region, city, street] = pick(JP_PLACES, `place ${id}`);
  return { familyName, givenName, familyNameKana, givenNameKana, postalCode, region, city, street };
}
