/** Column helpers shared by all tables, so that money, units and instants are declared the same way everywhere. */
import { sql } from 'drizzle-orm';
import { bigint, pgEnum, timestamp } from 'drizzle-orm/pg-core';
import {
  ALLOTMENT_PURPOSES,
  ALLOTMENT_STEPS,
  CASH_MOVEMENT_KINDS,
  CASH_MOVEMENT_STATES,
  CLOCK_MODES,
  COUNTRIES,
  COVENANT_LIMITS,
  CURRENCIES,
  DEALING_ACTS,
  DEALING_KINDS,
  DEALING_STEPS,
  DOCUMENT_KINDS,
  HOLD_REASONS,
  IDENTITY_STATES,
  INVESTOR_STATUSES,
  LOCALES,
  OFFERING_METHODS,
  OFFERING_STATES,
  ORDER_KINDS,
  ORDER_STATES,
  OWNER_GROUPS,
  PLAN_ACTS,
  PLAN_STATES,
  PROJECT_SECTORS,
  PROPOSAL_KINDS,
  PROPOSAL_STATES,
  REDEAL_STEPS,
  REVISION_REASONS,
  ROLES,
  SUBSCRIPTION_ACTS,
  SUBSCRIPTION_STATES,
  SWITCH_PART_STATES,
  VALUATION_SOURCES,
  VALUATION_STATES,
} from '@/lib/domain/states';

/** Money, units, prices and ids: integers of the smallest part, never floats; bigint lets neither NaN nor Infinity in. */
export const integer8 = (name: string) => bigint(name, { mode: 'bigint' });

/** An instant, from the system's clock (`app_now()`), never from the process. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
export const placedNow = (name: string) => instant(name).notNull().default(sql`app_now()`);

export const localeEnum = pgEnum('locale', LOCALES);
export const countryEnum = pgEnum('country', COUNTRIES);
export const currencyEnum = pgEnum('currency', CURRENCIES);
export const roleEnum = pgEnum('role', ROLES);
export const identityStateEnum = pgEnum('identity_state', IDENTITY_STATES);
export const investorStatusEnum = pgEnum('investor_status', INVESTOR_STATUSES);
export const offeringStateEnum = pgEnum('offering_state', OFFERING_STATES);
export const offeringMethodEnum = pgEnum('offering_method', OFFERING_METHODS);
export const orderStateEnum = pgEnum('order_state', ORDER_STATES);
export const orderKindEnum = pgEnum('order_kind', ORDER_KINDS);
export const subscriptionStateEnum = pgEnum('subscription_state', SUBSCRIPTION_STATES);
export const subscriptionActEnum = pgEnum('subscription_act', SUBSCRIPTION_ACTS);
export const dealingKindEnum = pgEnum('dealing_kind', DEALING_KINDS);
export const dealingActEnum = pgEnum('dealing_act', DEALING_ACTS);
export const dealingStepEnum = pgEnum('dealing_step', DEALING_STEPS);
export const planStateEnum = pgEnum('plan_state', PLAN_STATES);
export const planActEnum = pgEnum('plan_act', PLAN_ACTS);
export const switchPartStateEnum = pgEnum('switch_part_state', SWITCH_PART_STATES);
export const redealStepEnum = pgEnum('redeal_step', REDEAL_STEPS);
export const allotmentStepEnum = pgEnum('allotment_step', ALLOTMENT_STEPS);
export const allotmentPurposeEnum = pgEnum('allotment_purpose', ALLOTMENT_PURPOSES);
export const cashMovementKindEnum = pgEnum('cash_movement_kind', CASH_MOVEMENT_KINDS);
export const cashMovementStateEnum = pgEnum('cash_movement_state', CASH_MOVEMENT_STATES);
export const documentKindEnum = pgEnum('document_kind', DOCUMENT_KINDS);
export const clockModeEnum = pgEnum('clock_mode', CLOCK_MODES);
export const ownerGroupEnum = pgEnum('owner_group', OWNER_GROUPS);
export const projectSectorEnum = pgEnum('project_sector', PROJECT_SECTORS);
export const proposalKindEnum = pgEnum('proposal_kind', PROPOSAL_KINDS);
export const proposalStateEnum = pgEnum('proposal_state', PROPOSAL_STATES);
export const revisionReasonEnum = pgEnum('revision_reason', REVISION_REASONS);
export const covenantLimitEnum = pgEnum('covenant_limit', COVENANT_LIMITS);
export const valuationStateEnum = pgEnum('valuation_state', VALUATION_STATES);
export const holdReasonEnum = pgEnum('hold_reason', HOLD_REASONS);
export const valuationSourceEnum = pgEnum('valuation_source', VALUATION_SOURCES);
