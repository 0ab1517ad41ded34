/** Writes about people. The transaction comes first and names the person; nothing here decides. */
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { eligibilityAppeals, identityEvents, investors, suitabilityAnswers, users } from '@/db/schema/people';
import type { EligibilityDecision } from '@/lib/domain/people/eligibility';
import type { IdentityReason } from '@/lib/domain/people/identity';
import type { SuitabilityAnswers, SuitabilityOutcome } from '@/lib/domain/people/suitability';
import type { Currency, IdentityState, Locale } from '@/lib/domain/states';

/** From here to the end of the transaction the rows of this person, and of nobody else, can be seen (row-level security). */
export async function actAs(tx: Database, userId: bigint): Promise<void> {
  await tx.execute(sql`select set_config('app.investor_id', ${String(userId)}, true)`);
}

/** A citizen's account with its investor's record; null if the address is taken. */
export async function createAccount(
  tx: Database,
  account: { email: string; passwordHash: string; locale: Locale },
): Promise<bigint | null> {
  const rows = await tx.execute<{ id: bigint | string | null }>(
    sql`select create_account(${account.email}, ${account.passwordHash}, ${account.locale}::locale) as id`,
  );
  const id = rows[0]?.id;
  return id === null || id === undefined ? null : BigInt(id);
}

export async function setPassword(tx: Database, userId: bigint, passwordHash: string): Promise<void> {
  await tx.update(users).set({ passwordHash }).where(eq(users.id, userId));
}

export async function markVerified(tx: Database, userId: bigint): Promise<void> {
  await tx
    .update(users)
    .set({ emailVerifiedAt: sql`app_now()` })
    .where(and(eq(users.id, userId), isNull(users.emailVerifiedAt)));
}

export async function setLocale(tx: Database, userId: bigint, locale: Locale): Promise<void> {
  await tx
    .update(users)
    .set({ locale })
    .where(and(eq(users.id, userId), ne(users.locale, locale)));
}

export async function setDisplayCurrency(tx: Database, investorId: bigint, displayCurrency: Currency): Promise<void> {
  await tx.update(investors).set({ displayCurrency }).where(eq(investors.investorId, investorId));
}

export type IdentityDetails = {
  residence: string;
  nationality: string;
  usPerson: boolean;
  familyName: string;
  givenName: string;
  familyNameKana: string | null;
  givenNameKana: string | null;
  birthDate: string;
  postalCode: string | null;
  region: string | null;
  city: string | null;
  street: string | null;
  building: string | null;
};

export async function saveIdentityDetails(
  tx: Database,
  investorId: bigint,
  details: Partial<IdentityDetails>,
): Promise<void> {
  await tx
    .update(investors)
    .set({ ...details, updatedAt: sql`app_now()` })
    .where(eq(investors.investorId, investorId));
}

/** The new state and its row in the history, which is gapless because the investor's row is locked. */
export async function moveIdentity(
  tx: Database,
  investorId: bigint,
  state: IdentityState,
  reason: IdentityReason,
): Promise<void> {
  await tx
    .update(investors)
    .set({ identityState: state, updatedAt: sql`app_now()` })
    .where(eq(investors.investorId, investorId));
  await tx.insert(identityEvents).values({
    investorId,
    sequence: sql`(select coalesce(max(e.sequence), 0) + 1 from identity_events e where e.investor_id = ${investorId})`,
    state,
    reason,
  });
}

export async function insertSuitabilityAnswers(
  tx: Database,
  row: {
    investorId: bigint;
    answeredAt: Date;
    version: number;
    answers: SuitabilityAnswers;
    outcome: SuitabilityOutcome;
    expiresAt: Date;
  },
): Promise<void> {
  // With a clock that stands still two attempts have the same time; the later one then takes the next microsecond.
  const answeredAt = sql`greatest(${row.answeredAt.toISOString()}::timestamptz,
    (select max(s.answered_at) + interval '1 microsecond' from suitability_answers s where s.investor_id = ${row.investorId}))`;
  await tx.insert(suitabilityAnswers).values({ ...row, answeredAt });
  await tx
    .update(investors)
    .set({ suitabilityVersion: row.version, suitabilityExpiresAt: row.expiresAt })
    .where(eq(investors.investorId, row.investorId));
}

export async function setEligibility(tx: Database, investorId: bigint, decision: EligibilityDecision): Promise<void> {
  await tx
    .update(investors)
    .set({
      status: decision.status,
      statusReason: decision.reason,
      country: decision.country,
      updatedAt: sql`app_now()`,
    })
    .where(eq(investors.investorId, investorId));
}

export async function insertAppeal(
  tx: Database,
  appeal: { investorId: bigint; reason: string; message: string },
): Promise<void> {
  await tx.insert(eligibilityAppeals).values({
    ...appeal,
    sequence: sql`(select coalesce(max(a.sequence), 0) + 1 from eligibility_appeals a where a.investor_id = ${appeal.investorId})`,
  });
}
