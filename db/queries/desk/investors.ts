/** Citizens as staff see them. Empty outside `withStaff`. */
import { type SQL, sql } from 'drizzle-orm';
import type { TableQuery } from '@/lib/domain/desk/table';
import type { Country, IdentityState, InvestorStatus } from '@/lib/domain/states';
import type { Database } from '../../client';
import { firstRow } from '../rows';
import { containing, type Place, type Source, tableBatch, tablePage } from './table';

export const INVESTOR_SORTS = ['joined', 'name', 'email', 'status'] as const;
export type InvestorSort = (typeof INVESTOR_SORTS)[number];
export type InvestorQuery = TableQuery<InvestorSort, 'status' | 'identity' | 'country'>;

export type InvestorLine = {
  /** The account's number: known to staff alone. */
  investorId: bigint;
  email: string;
  familyName: string | null;
  givenName: string | null;
  country: Country | null;
  identityState: IdentityState;
  status: InvestorStatus;
  joinedAt: Date;
};

/** Who may see less than everything finds only what they know already, whole: a part would tell them the rest letter by letter. */
export type Searching = 'parts' | 'whole';

const columns = sql`
  i.investor_id as "investorId", a.email, i.family_name as "familyName", i.given_name as "givenName", i.country,
  i.identity_state as "identityState", i.status, a.created_at as "joinedAt"`;

const names = [
  sql`concat(i.family_name, i.given_name)`,
  sql`concat(i.given_name, i.family_name)`,
  sql`concat(i.family_name_kana, i.given_name_kana)`,
];

function found(search: string, searching: Searching): SQL {
  if (search === '') return sql`true`;
  if (/^[0-9]{1,18}$/.test(search)) return sql`i.investor_id = ${search}::bigint`;
  // With or without a space, in either order: that is how people write each other's names.
  const name = search.replace(/[\s,、]+/gu, '');
  if (searching === 'whole') {
    const equal = names.map((known) => sql`lower(${known}) = lower(${name})`);
    return sql`(a.email = lower(${search}) or ${sql.join(equal, sql` or `)})`;
  }
  const like = names.map((known) => sql`${known} ilike ${containing(name)}`);
  return sql`(a.email ilike ${containing(search)} or ${sql.join(like, sql` or `)})`;
}

function source({ search, filters }: InvestorQuery, searching: Searching): Source<InvestorSort> {
  const { status, identity, country } = filters;
  const conditions = [
    found(search, searching),
    status ? sql`i.status = ${status}::investor_status` : null,
    identity ? sql`i.identity_state = ${identity}::identity_state` : null,
    country ? sql`i.country = ${country}::country` : null,
  ].filter((condition) => condition !== null);
  return {
    columns,
    from: sql`investors i join staff_accounts a on a.user_id = i.investor_id`,
    where: sql.join(conditions, sql` and `),
    sorts: {
      joined: { by: sql`a.created_at`, type: 'timestamptz' },
      // Japanese names by their reading, as every list in Japan has them.
      name: {
        by: sql`lower(concat(coalesce(i.family_name_kana, i.family_name), ' ', coalesce(i.given_name_kana, i.given_name)))`,
        type: 'text',
      },
      email: { by: sql`a.email`, type: 'text' },
      status: { by: sql`i.status::text`, type: 'text' },
    },
    key: { by: sql`i.investor_id`, type: 'bigint' },
  };
}

export const listInvestors = (db: Database, query: InvestorQuery, searching: Searching) =>
  tablePage<InvestorLine, InvestorSort>(db, source(query, searching), query);

export const listInvestorsAfter = (
  db: Database,
  query: InvestorQuery,
  searching: Searching,
  after: Place | null,
  limit: number,
) => tableBatch<InvestorLine, InvestorSort>(db, source(query, searching), query, after, limit);

export type InvestorFacts = InvestorLine & {
  emailVerifiedAt: Date | null;
  locale: 'en' | 'ja';
  statusReason: string;
  residence: string | null;
  nationality: string | null;
  usPerson: boolean | null;
  familyNameKana: string | null;
  givenNameKana: string | null;
  birthDate: string | null;
  postalCode: string | null;
  region: string | null;
  city: string | null;
  street: string | null;
  building: string | null;
  suitabilityExpiresAt: Date | null;
};

/** Null where there is no citizen of this number. */
export const getInvestorFacts = (db: Database, investorId: bigint): Promise<InvestorFacts | null> =>
  firstRow<InvestorFacts>(
    db,
    sql`select ${columns}, a.email_verified_at as "emailVerifiedAt", a.locale, i.status_reason as "statusReason",
               i.residence, i.nationality, i.us_person as "usPerson", i.family_name_kana as "familyNameKana",
               i.given_name_kana as "givenNameKana", i.birth_date::text as "birthDate", i.postal_code as "postalCode",
               i.region, i.city, i.street, i.building, i.suitability_expires_at as "suitabilityExpiresAt"
          from investors i join staff_accounts a on a.user_id = i.investor_id
         where i.investor_id = ${investorId}::bigint`,
  );
