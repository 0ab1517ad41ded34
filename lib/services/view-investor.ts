import { withStaff } from '@/db/client';
import { getInvestorFacts, type InvestorFacts } from '@/db/queries/desk/investors';
import { listMovements, type Movement } from '@/db/queries/movements';
import { getLatestAppeal, listIdentityEvents } from '@/db/queries/people';
import { listPositions, type Position } from '@/db/queries/positions';
import { listPlans, listTurns, type PlanTurnView, type PlanView } from '@/db/queries/savings-plans';
import { listWallets, type WalletLine } from '@/db/queries/wallets';
import { maskBirthDate, maskEmail, maskPostalCode } from '@/lib/domain/desk/masking';
import { type StaffSession, seesMasked } from './read-as-staff';
import { seenName } from './view-investors';

export type SeenInvestorPage = {
  facts: Omit<InvestorFacts, 'familyName' | 'givenName' | 'familyNameKana' | 'givenNameKana'> & {
    name: string | null;
    kana: string | null;
  };
  masked: boolean;
  wallets: WalletLine[];
  positions: Position[];
  movements: Movement[];
  plans: PlanView[];
  /** What became of their last months. */
  turns: PlanTurnView[];
  events: Awaited<ReturnType<typeof listIdentityEvents>>;
  appeal: Awaited<ReturnType<typeof getLatestAppeal>>;
};

const RECENT = 20;
const RECENT_TURNS = 12;

/** One citizen, as the role of the session may see them; null where there is none of this number. */
export async function viewInvestor(session: StaffSession, investorId: bigint): Promise<SeenInvestorPage | null> {
  const masked = seesMasked(session);
  return withStaff(session.sessionId, async (db) => {
    const [facts, wallets, positions, { movements }, plans, turns, events, appeal] = await Promise.all([
      getInvestorFacts(db, investorId),
      listWallets(db, investorId),
      listPositions(db, investorId),
      listMovements(db, investorId, { limit: RECENT }),
      listPlans(db, investorId),
      listTurns(db, investorId, { limit: RECENT_TURNS }),
      listIdentityEvents(db, investorId),
      getLatestAppeal(db, investorId),
    ]);
    if (!facts) return null;
    return { facts: seenFacts(facts, masked), masked, wallets, positions, movements, plans, turns, events, appeal };
  });
}

/** Behind the mask: the region and no nearer, the year and no day. */
function seenFacts(
  { familyName, givenName, familyNameKana, givenNameKana, ...facts }: InvestorFacts,
  masked: boolean,
): SeenInvestorPage['facts'] {
  const name = seenName({ familyName, givenName }, masked);
  const kana = seenName({ familyName: familyNameKana, givenName: givenNameKana }, masked);
  if (!masked) return { ...facts, name, kana };
  return {
    ...facts,
    name,
    kana,
    email: maskEmail(facts.email),
    birthDate: facts.birthDate && maskBirthDate(facts.birthDate),
    postalCode: facts.postalCode && maskPostalCode(facts.postalCode),
    city: null,
    street: null,
    building: null,
  };
}
