/** The places of the operator's desk, and who of the staff may look at each (DOMAIN §11). Who may act is for each command to say. */
import type { Role } from '../states';

/** In the order of the side bar. Citizens' data is not the manager's concern; the log is not the support desk's. */
export const DESK_PLACES = {
  dashboard: { path: '/operator', roles: ['OPERATOR', 'MANAGER', 'AUDITOR', 'SUPPORT'] },
  offerings: { path: '/operator/offerings', roles: ['OPERATOR', 'MANAGER', 'AUDITOR', 'SUPPORT'] },
  proposals: { path: '/operator/proposals', roles: ['OPERATOR', 'MANAGER', 'AUDITOR'] },
  valuations: { path: '/operator/valuations', roles: ['OPERATOR', 'MANAGER', 'AUDITOR'] },
  investors: { path: '/operator/investors', roles: ['OPERATOR', 'AUDITOR', 'SUPPORT'] },
  orders: { path: '/operator/orders', roles: ['OPERATOR', 'AUDITOR', 'SUPPORT'] },
  documents: { path: '/operator/documents', roles: ['OPERATOR', 'MANAGER', 'AUDITOR', 'SUPPORT'] },
  log: { path: '/operator/log', roles: ['OPERATOR', 'MANAGER', 'AUDITOR'] },
  /** Not there where nothing is simulated. */
  clock: { path: '/operator/clock', roles: ['OPERATOR', 'MANAGER', 'AUDITOR', 'SUPPORT'] },
} as const satisfies Record<string, { path: `/${string}`; roles: readonly Role[] }>;

export type DeskPlace = keyof typeof DESK_PLACES;

export const deskPlaces = Object.keys(DESK_PLACES) as DeskPlace[];

export const mayLookAt = (role: Role, place: DeskPlace): boolean => {
  const roles: readonly Role[] = DESK_PLACES[place].roles;
  return roles.includes(role);
};

/** Who may carry a table away as a file: not who sees it behind a mask. */
export const EXPORTERS = ['OPERATOR', 'AUDITOR'] as const satisfies readonly Role[];

export const mayExport = (role: Role): boolean => EXPORTERS.some((known) => known === role);
