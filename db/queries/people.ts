/** Reads about people, as plain objects. Those that take a transaction see the rows of the person whom it names (`withInvestor`). */
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { type Database, read, type Sql, sharedCall } from '@/db/client';
import { plainArray } from '@/db/commands/literals';
import { eligibilityAppeals, identityEvents, investors, sessions, suitabilityAnswers, users } from '@/db/schema/people';
import { ELIGIBILITY_REASONS, type EligibilityReason } from '@/lib/domain/people/eligibility';
import { type SecondStep, secondStepOf } from '@/lib/domain/people/factors';
import { SESSION_LIFETIMES } from '@/lib/domain/people/session';
import type { Country, Currency, IdentityState, InvestorStatus, Locale, Role } from '@/lib/domain/states';

export type Account = { userId: bigint; passwordHash: string; verified: boolean; role: Role; locale: Locale };

/** Before it is known who asks: for sign-in, sign-up and recovery alone. */
export async function findAccount(email: string): Promise<Account | null> {
  const rows = await read(
    (_, raw) =>
      raw<
        { user_id: bigint; password_hash: string; verified: boolean; role: Role; locale: Locale }[]
      >`select * from find_account(${email})`,
  );
  const [row] = rows;
  return row
    ? {
        userId: BigInt(row.user_id),
        passwordHash: row.password_hash,
        verified: row.verified,
        role: row.role,
        locale: row.locale,
      }
    : null;
}

export type EmailToken = { userId: bigint; purpose: 'VERIFY' | 'RESET'; usable: boolean };

export async function findEmailToken(tokenSha256: string): Promise<EmailToken | null> {
  const rows = await read(
    (_, raw) =>
      raw<
        { user_id: bigint; purpose: 'VERIFY' | 'RESET'; usable: boolean }[]
      >`select * from find_email_token(${tokenSha256})`,
  );
  const [row] = rows;
  return row ? { userId: BigInt(row.user_id), purpose: row.purpose, usable: row.usable } : null;
}

/** Who is signed in with a session, and what the pages of that person need on every request. */
export type SessionFacts = {
  sessionId: string;
  userId: bigint;
  role: Role;
  side: Country | null;
  locale: Locale;
  email: string;
  secondStep: SecondStep;
  /** Seconds since the second step was last done in this session; null if it was not. */
  secondFactorAge: number | null;
  /** Null for staff, who hold nothing. */
  investor: {
    identityState: IdentityState;
    status: InvestorStatus;
    statusReason: EligibilityReason;
    country: Country | null;
    displayCurrency: Currency | null;
    familyName: string | null;
    givenName: string | null;
  } | null;
};

type SessionRow = {
  session: string;
  user_id: bigint;
  role: Role;
  side: Country | null;
  locale: Locale;
  email: string;
  identity_state: IdentityState | null;
  status: InvestorStatus | null;
  status_reason: string | null;
  country: Country | null;
  display_currency: Currency | null;
  family_name: string | null;
  given_name: string | null;
  has_factor: boolean;
  second_factor_age: number | null;
};

/**
 * The session if it is alive now, whatever it may open: only one whose second step is done or not asked for opens pages. Notes that it was seen.
 * One round trip.
 */
export async function checkSession(sessionId: string): Promise<SessionFacts | null> {
  return (await read((_, raw) => askSessions(raw, [sessionId]))).get(sessionId) ?? null;
}

/** The same for several people's sessions in one round trip; those that are not alive are missing. */
export const checkSessions = (sessionIds: readonly string[]): Promise<Map<string, SessionFacts>> =>
  sharedCall((_, raw) => askSessions(raw, sessionIds));

async function askSessions(raw: Sql, sessionIds: readonly string[]): Promise<Map<string, SessionFacts>> {
  const { citizen, staff } = SESSION_LIFETIMES;
  // In one order everywhere, since noting that a session was seen locks its row.
  const sorted = plainArray([...sessionIds].sort());
  const rows = await raw<SessionRow[]>`
    select s.id::text as session, c.* from unnest(${sorted}::text::uuid[]) s (id)
     cross join lateral check_session(s.id, ${citizen.idle}, ${citizen.longest}, ${staff.idle}, ${staff.longest}) c`;
  return new Map(rows.map((row) => [row.session, sessionFacts(row)]));
}

function sessionFacts(row: SessionRow): SessionFacts {
  const { session: sessionId, identity_state: identityState, status } = row;
  return {
    sessionId,
    userId: BigInt(row.user_id),
    role: row.role,
    side: row.side,
    locale: row.locale,
    email: row.email,
    secondStep: secondStepOf({ role: row.role, hasFactor: row.has_factor, age: row.second_factor_age }),
    secondFactorAge: row.second_factor_age,
    investor:
      identityState && status
        ? {
            identityState,
            status,
            statusReason: asReason(row.status_reason),
            country: row.country,
            displayCurrency: row.display_currency,
            familyName: row.family_name,
            givenName: row.given_name,
          }
        : null,
  };
}

/** Whether the transaction's session of staff (`withStaff`) is alive now. */
export async function isLiveStaff(tx: Database): Promise<boolean> {
  const [row] = await tx.execute<{ alive: boolean }>(sql`select is_staff() as alive`);
  return row?.alive === true;
}

/** Reason codes come from the domain alone; one that this build does not know reads as "start with the identity check". */
const asReason = (raw: string | null): EligibilityReason =>
  ELIGIBILITY_REASONS.find((reason) => reason === raw) ?? 'identity-missing';

export async function getUser(tx: Database, userId: bigint) {
  const [row] = await tx
    .select({
      userId: users.id,
      email: users.email,
      passwordHash: users.passwordHash,
      role: users.role,
      locale: users.locale,
    })
    .from(users)
    .where(eq(users.id, userId));
  return row ?? null;
}

const investorColumns = {
  investorId: investors.investorId,
  identityState: investors.identityState,
  status: investors.status,
  statusReason: investors.statusReason,
  residence: investors.residence,
  country: investors.country,
  nationality: investors.nationality,
  usPerson: investors.usPerson,
  familyName: investors.familyName,
  givenName: investors.givenName,
  familyNameKana: investors.familyNameKana,
  givenNameKana: investors.givenNameKana,
  birthDate: investors.birthDate,
  postalCode: investors.postalCode,
  region: investors.region,
  city: investors.city,
  street: investors.street,
  building: investors.building,
  displayCurrency: investors.displayCurrency,
};

/** The person's own record. `lock` holds it until the transaction ends: every change of state is decided under it. */
export async function getInvestor(tx: Database, investorId: bigint, options: { lock?: boolean } = {}) {
  const query = tx.select(investorColumns).from(investors).where(eq(investors.investorId, investorId));
  const [row] = options.lock ? await query.for('update') : await query;
  return row ? { ...row, statusReason: asReason(row.statusReason) } : null;
}
export type Investor = NonNullable<Awaited<ReturnType<typeof getInvestor>>>;

export async function getLatestSuitability(tx: Database, investorId: bigint) {
  const [row] = await tx
    .select({
      outcome: suitabilityAnswers.outcome,
      expiresAt: suitabilityAnswers.expiresAt,
      answeredAt: suitabilityAnswers.answeredAt,
      version: suitabilityAnswers.version,
      answers: suitabilityAnswers.answers,
    })
    .from(suitabilityAnswers)
    .where(eq(suitabilityAnswers.investorId, investorId))
    .orderBy(desc(suitabilityAnswers.answeredAt))
    .limit(1);
  return row ?? null;
}

/** Newest first. */
export async function listIdentityEvents(tx: Database, investorId: bigint) {
  return tx
    .select({
      sequence: identityEvents.sequence,
      state: identityEvents.state,
      reason: identityEvents.reason,
      at: identityEvents.at,
    })
    .from(identityEvents)
    .where(eq(identityEvents.investorId, investorId))
    .orderBy(desc(identityEvents.sequence));
}

export async function getLatestAppeal(tx: Database, investorId: bigint) {
  const [row] = await tx
    .select({ sequence: eligibilityAppeals.sequence, reason: eligibilityAppeals.reason, at: eligibilityAppeals.at })
    .from(eligibilityAppeals)
    .where(eq(eligibilityAppeals.investorId, investorId))
    .orderBy(desc(eligibilityAppeals.sequence))
    .limit(1);
  return row ?? null;
}

export type ListedSession = {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  userAgent: string;
  address: string | null;
};

/** Sessions that are still alive, the one last used first. */
export async function listSessions(tx: Database, userId: bigint, role: Role): Promise<ListedSession[]> {
  const { idle, longest } = role === 'CITIZEN' ? SESSION_LIFETIMES.citizen : SESSION_LIFETIMES.staff;
  return tx
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      userAgent: sessions.userAgent,
      address: sessions.address,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        gt(sessions.lastSeenAt, sql`statement_timestamp() - make_interval(secs => ${idle})`),
        gt(sessions.createdAt, sql`statement_timestamp() - make_interval(secs => ${longest})`),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt));
}
