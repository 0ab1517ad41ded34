/**
 * Who may buy (DOMAIN §3): from residence, nationality, US-person status, identity and suitability, with one reason code. The first rule that
 * stands against it gives the reason, so that a person is told what to do next, not everything at once.
 */
import type { Country, IdentityState, InvestorStatus } from '../states';
import { sponsorCountry } from './places';
import type { SuitabilityOutcome } from './suitability';

export const ELIGIBILITY_REASONS = [
  'identity-missing',
  'identity-in-review',
  'identity-recheck',
  'identity-rejected',
  'residence-third-country',
  'us-person-in-japan',
  'suitability-missing',
  'suitability-expired',
  'suitability-not-suitable',
  'frozen',
  'all-met',
] as const;
export type EligibilityReason = (typeof ELIGIBILITY_REASONS)[number];

export type EligibilityFacts = {
  status: InvestorStatus;
  identityState: IdentityState;
  residence: string | null;
  nationality: string | null;
  usPerson: boolean | null;
  /** The latest answers; null if none were given. */
  suitability: { outcome: SuitabilityOutcome; expiresAt: Date } | null;
};

export type EligibilityDecision = { status: InvestorStatus; reason: EligibilityReason; country: Country | null };

export function decideEligibility(facts: EligibilityFacts, now: Date): EligibilityDecision {
  const country = sponsorCountry(facts.residence);
  const decide = (status: InvestorStatus, reason: EligibilityReason): EligibilityDecision => ({
    status,
    reason,
    country,
  });

  // A freeze is an operators' act and ends by one.
  if (facts.status === 'FROZEN') return decide('FROZEN', 'frozen');
  if (facts.residence !== null && country === null) return decide('INELIGIBLE', 'residence-third-country');
  // Held units of the Japan class would be a passive foreign investment company (PFIC) to a US taxpayer, and the US class is sold to
  // residents of the US alone. Nationality counts although the form asks for both: a US citizen is a US person anywhere.
  if (country === 'JP' && (facts.usPerson === true || facts.nationality === 'US')) {
    return decide('INELIGIBLE', 'us-person-in-japan');
  }
  switch (facts.identityState) {
    case 'DRAFT':
      return decide('PENDING', 'identity-missing');
    case 'SUBMITTED':
    case 'IN_REVIEW':
      return decide('PENDING', 'identity-in-review');
    case 'RECHECK':
      return decide('PENDING', 'identity-recheck');
    case 'REJECTED':
      return decide('INELIGIBLE', 'identity-rejected');
    case 'APPROVED':
      break;
  }
  if (country === null) return decide('PENDING', 'identity-missing');
  if (!facts.suitability) return decide('PENDING', 'suitability-missing');
  if (facts.suitability.expiresAt <= now) return decide('PENDING', 'suitability-expired');
  if (facts.suitability.outcome === 'NOT_SUITABLE') return decide('INELIGIBLE', 'suitability-not-suitable');
  return decide('ELIGIBLE', 'all-met');
}

export type NextStep = 'identity' | 'wait' | 'suitability' | 'look' | 'buy';

/** The one thing to do next, for the page that tells the reason. */
export const NEXT_STEP: Record<EligibilityReason, NextStep> = {
  'identity-missing': 'identity',
  'identity-in-review': 'wait',
  'identity-recheck': 'identity',
  'identity-rejected': 'identity',
  'residence-third-country': 'look',
  'us-person-in-japan': 'look',
  'suitability-missing': 'suitability',
  'suitability-expired': 'suitability',
  'suitability-not-suitable': 'suitability',
  frozen: 'wait',
  'all-met': 'buy',
};

/** Reasons that a person may ask a human to look at again. What they can settle themselves they are sent to settle. */
export const canAppeal = (status: InvestorStatus): boolean => status === 'INELIGIBLE' || status === 'FROZEN';
