/** Every kind of proposal with the schema of its payload. A kind that is missing here fails the type check. */
import type { z } from 'zod';
import type { ProposalKind } from '../../states';
import type { Canonical } from '../canonical';
import { allotment } from './allotment';
import { covenant } from './covenant';
import { dealingStart } from './dealing-start';
import { documentVersion } from './document-version';
import { holidayChange } from './holiday-change';
import { investorFreeze } from './investor-freeze';
import { investorUnfreeze } from './investor-unfreeze';
import { navCorrection } from './nav-correction';
import { navPublication } from './nav-publication';
import { offering } from './offering';
import { offeringCancel } from './offering-cancel';
import { roleChange } from './role-change';

export type { InvestorFreeze } from './investor-freeze';
export type { InvestorUnfreeze } from './investor-unfreeze';
export type { RoleChange } from './role-change';

export const PAYLOADS = {
  OFFERING: offering,
  OFFERING_CANCEL: offeringCancel,
  ALLOTMENT: allotment,
  DOCUMENT_VERSION: documentVersion,
  INVESTOR_FREEZE: investorFreeze,
  INVESTOR_UNFREEZE: investorUnfreeze,
  ROLE_CHANGE: roleChange,
  COVENANT: covenant,
  NAV_PUBLICATION: navPublication,
  NAV_CORRECTION: navCorrection,
  DEALING_START: dealingStart,
  HOLIDAY_CHANGE: holidayChange,
} satisfies Record<ProposalKind, z.ZodType>;

export type Payload<K extends ProposalKind = ProposalKind> = z.output<(typeof PAYLOADS)[K]>;

/** What was signed, read back; throws where it is not a payload of this kind, which the database lets nobody store. */
export const parsePayload = <K extends ProposalKind>(kind: K, text: string): Payload<K> =>
  PAYLOADS[kind].parse(JSON.parse(text)) as Payload<K>;

/** Null where the payload is not one of its kind. */
export function checkPayload(kind: ProposalKind, payload: unknown): Canonical | null {
  const parsed = PAYLOADS[kind].safeParse(payload);
  return parsed.success ? (parsed.data as Canonical) : null;
}

/** What a proposal is about. Of one kind there is at most one open proposal about the same thing. */
export function subjectOf(payload: Payload): string {
  if ('investorId' in payload) return `account:${payload.investorId}`;
  if ('userId' in payload) return `account:${payload.userId}`;
  if ('offering' in payload) return `offering:${payload.offering}`;
  if ('navDate' in payload) return `nav:${payload.navDate}`;
  if ('dealingFrom' in payload) return `dealing:${payload.class}`;
  if ('holiday' in payload) return `holiday:${payload.market}:${payload.holiday}`;
  if ('slug' in payload) return `document:${payload.slug}`;
  return 'fund:covenant';
}

/** The account that would change; nobody proposes or signs about their own. */
export function accountOf(payload: Payload): bigint | null {
  if ('investorId' in payload) return BigInt(payload.investorId);
  return 'userId' in payload ? BigInt(payload.userId) : null;
}

/** Kinds whose content names people: the public record says that it was decided, not about whom. */
export const NAMES_PEOPLE: readonly ProposalKind[] = ['INVESTOR_FREEZE', 'INVESTOR_UNFREEZE', 'ROLE_CHANGE'];
