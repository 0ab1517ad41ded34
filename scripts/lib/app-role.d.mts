export const APP_ROLE: string;
export function appRolePassword(authSecret: string): string;
export function appUrl(ownerUrl: string, authSecret: string): string;
