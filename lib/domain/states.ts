/**
 * Every list of states and kinds, once: the database enums and the zod schemas are made from these arrays (DOMAIN §3–§6, §11).
 */
export const LOCALES = ['en', 'ja'] as const;
export type Locale = (typeof LOCALES)[number];

export const COUNTRIES = ['US', 'JP'] as const;
/** The countries of the two sponsors; residents of others may look, not buy. */
export type Country = (typeof COUNTRIES)[number];

export const CURRENCIES = ['USD', 'JPY'] as const;
export type Currency = (typeof CURRENCIES)[number];

export const ROLES = ['CITIZEN', 'OPERATOR', 'MANAGER', 'AUDITOR', 'SUPPORT'] as const;
export type Role = (typeof ROLES)[number];

/** Identity check 本人確認. */
export const IDENTITY_STATES = ['DRAFT', 'SUBMITTED', 'IN_REVIEW', 'APPROVED', 'REJECTED', 'RECHECK'] as const;
export type IdentityState = (typeof IDENTITY_STATES)[number];

/** What an investor may do. Only ELIGIBLE may place orders. */
export const INVESTOR_STATUSES = ['PENDING', 'ELIGIBLE', 'INELIGIBLE', 'FROZEN'] as const;
export type InvestorStatus = (typeof INVESTOR_STATUSES)[number];

export const OFFERING_STATES = [
  'DRAFT',
  'IN_APPROVAL',
  'APPROVED',
  'OPEN',
  'CLOSED',
  'ALLOTTED',
  'SETTLED',
  'CANCELLED',
] as const;
export type OfferingState = (typeof OFFERING_STATES)[number];

export const OFFERING_METHODS = ['FIRST_COME', 'QUANTITY_CEILING', 'PRO_RATA', 'MINIMUM_LOT', 'BALLOT'] as const;
export type OfferingMethod = (typeof OFFERING_METHODS)[number];

/** A subscription in a window holds its cash while it is ACTIVE and not yet allotted. */
export const SUBSCRIPTION_STATES = ['ACTIVE', 'WITHDRAWN'] as const;
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];

/** What a person did with a subscription: one line each, never changed. */
export const SUBSCRIPTION_ACTS = ['PLACED', 'CHANGED', 'WITHDRAWN'] as const;
export type SubscriptionAct = (typeof SUBSCRIPTION_ACTS)[number];

/** The next step of an allotment run; each is one transaction, POST and MAIL one a chunk of people. */
export const ALLOTMENT_STEPS = ['ALLOT', 'POST', 'CHECK', 'MAIL', 'DONE'] as const;
export type AllotmentStep = (typeof ALLOTMENT_STEPS)[number];

/** Why a run settles subscriptions: an allotment 割当, or the refund of a cancelled offering. */
export const ALLOTMENT_PURPOSES = ['ALLOT', 'REFUND'] as const;
export type AllotmentPurpose = (typeof ALLOTMENT_PURPOSES)[number];

export const ORDER_STATES = [
  'NEW',
  'ACCEPTED',
  'CUT_OFF',
  'PRICED',
  'SETTLED',
  'REJECTED',
  'CANCELLED',
  'LAPSED',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** Buy by amount 金額指定 or by units 口数指定. */
export const ORDER_KINDS = ['BUY_AMOUNT', 'BUY_UNITS'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

/** Orders at NAV: buy by amount 金額指定 or by units 口数指定, redeem units or all 解約, switch to another class スイッチング. */
export const DEALING_KINDS = ['BUY_AMOUNT', 'BUY_UNITS', 'SELL_UNITS', 'SELL_ALL', 'SWITCH'] as const;
export type DealingKind = (typeof DEALING_KINDS)[number];

/** What a person did with an order at NAV: one line each, never changed. */
export const DEALING_ACTS = ['PLACED', 'CANCELLED'] as const;
export type DealingAct = (typeof DEALING_ACTS)[number];

/** The next step of a dealing run; each is one transaction, REDEEM, BUY and SETTLE one a chunk of people. WAIT is for the day of settlement. */
export const DEALING_STEPS = ['PRICE', 'REDEEM', 'BUY', 'WAIT', 'DONE'] as const;
export type DealingStep = (typeof DEALING_STEPS)[number];

/** The next step of dealing a day again whose value was wrong; BOOK and MAIL are one transaction a chunk of people. */
export const REDEAL_STEPS = ['PRICE', 'BOOK', 'MAIL', 'DONE'] as const;
export type RedealStep = (typeof REDEAL_STEPS)[number];

/** A monthly plan 積立. It pauses by itself when its cash was missing three times in a row. */
export const PLAN_STATES = ['ACTIVE', 'PAUSED', 'ENDED'] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** What a person did with a plan: one line each, never changed. */
export const PLAN_ACTS = ['STARTED', 'CHANGED', 'PAUSED', 'RESUMED', 'ENDED'] as const;
export type PlanAct = (typeof PLAN_ACTS)[number];

/** Why a month's order of a plan lapsed 失効. */
export const PLAN_LAPSES = [
  'order.not-eligible',
  'order.other-country',
  'order.suitability-expired',
  'order.prospectus-not-opened',
  'order.consent-missing',
  'order.insufficient-cash',
] as const;
export type PlanLapse = (typeof PLAN_LAPSES)[number];

/** What a dealing day brought of a switch スイッチング: held, an order for the other class, free cash, or held anew after its day was dealt again. */
export const SWITCH_PART_STATES = ['HELD', 'CARRIED', 'RELEASED', 'REDEALT'] as const;
export type SwitchPartState = (typeof SWITCH_PART_STATES)[number];

/** Why the proceeds of a switch became free cash instead of an order for the other class. */
export const SWITCH_RELEASES = [
  'order.not-eligible',
  'order.other-country',
  'order.suitability-expired',
  'order.prospectus-not-opened',
  'order.consent-missing',
  'cash.too-small',
  'amount.too-large',
] as const;
export type SwitchRelease = (typeof SWITCH_RELEASES)[number];

export const CASH_MOVEMENT_KINDS = ['DEPOSIT', 'WITHDRAWAL', 'CONVERSION'] as const;
export type CashMovementKind = (typeof CASH_MOVEMENT_KINDS)[number];
export const CASH_MOVEMENT_STATES = ['PENDING', 'SETTLED', 'CANCELLED'] as const;
export type CashMovementState = (typeof CASH_MOVEMENT_STATES)[number];

export const DOCUMENT_KINDS = ['PROSPECTUS', 'PRE_CONTRACT', 'COVENANT', 'TERMS', 'E_DELIVERY'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export const CLOCK_MODES = ['REAL', 'SHIFTED', 'FROZEN', 'STEPPED'] as const;
export type ClockMode = (typeof CLOCK_MODES)[number];

export const OWNER_GROUPS = ['US_TREASURY', 'JP_MOF', 'LIMITED_PARTNERS', 'CITIZENS'] as const;
export type OwnerGroup = (typeof OWNER_GROUPS)[number];

/** What the projects of the fund are. */
export const PROJECT_SECTORS = ['COMPUTING', 'CHIPS', 'POWER', 'GRID', 'TRANSPORT'] as const;
export type ProjectSector = (typeof PROJECT_SECTORS)[number];

/** The fund's value on a dealing day. Of a day's revisions one is not SUPERSEDED. */
export const VALUATION_STATES = ['STRUCK', 'CHECKED', 'HELD', 'PUBLISHED', 'SUPERSEDED'] as const;
export type ValuationState = (typeof VALUATION_STATES)[number];

/** Why a day's valuation is not published, and its dealing stands still. Joint approval may lift the last two alone. */
export const HOLD_REASONS = ['STALE', 'MISSING_RATE', 'NOT_POSITIVE', 'JUMP', 'OUT_OF_TOLERANCE'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** Where a valuation comes from: the books that the first one opens, the market model, a file from outside, a correction by joint approval. */
export const VALUATION_SOURCES = ['OPENING', 'MODEL', 'IMPORT', 'CORRECTION'] as const;
export type ValuationSource = (typeof VALUATION_SOURCES)[number];

/** What a proposal is about (DOMAIN §11): one payload schema, one executor, and its texts for each. */
export const PROPOSAL_KINDS = [
  'OFFERING',
  'OFFERING_CANCEL',
  'ALLOTMENT',
  'DOCUMENT_VERSION',
  'INVESTOR_FREEZE',
  'INVESTOR_UNFREEZE',
  'ROLE_CHANGE',
  'COVENANT',
  'NAV_PUBLICATION',
  'NAV_CORRECTION',
  'DEALING_START',
  'HOLIDAY_CHANGE',
] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

export const PROPOSAL_STATES = ['OPEN', 'EXECUTED', 'REJECTED', 'WITHDRAWN', 'EXPIRED'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** Why a proposal has a further revision, each of which voids the signatures before it. */
export const REVISION_REASONS = ['PROPOSED', 'EDITED', 'SIGNER_CHANGED'] as const;
export type RevisionReason = (typeof REVISION_REASONS)[number];

/** The covenant's limits 運営規約. Each is parts of ten thousand; RETAIL_SHARE is a least value, the others are greatest ones. */
export const COVENANT_LIMITS = [
  'LEVERAGE',
  'SECTOR_SHARE',
  'STATE_SHARE',
  'RETAIL_SHARE',
  'PERSON_CAP',
  'GATE',
  'NAV_TOLERANCE',
  'NAV_JUMP',
] as const;
export type CovenantLimit = (typeof COVENANT_LIMITS)[number];
