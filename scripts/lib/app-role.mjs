/** The role that the site signs in as, and its URL: needed before TypeScript can run, and by the migrations. */
import { createHmac } from 'node:crypto';

export const APP_ROLE = 'wakachi_app';

/** Derived, so that no second secret has to be kept: who knows AUTH_SECRET can sign sessions anyway. */
export const appRolePassword = (authSecret) =>
  createHmac('sha256', authSecret).update('password of the database role wakachi_app').digest('base64url');

/** The same server and database as the owner's URL, as the site's role. */
export function appUrl(ownerUrl, authSecret) {
  const url = new URL(ownerUrl);
  url.username = APP_ROLE;
  url.password = appRolePassword(authSecret);
  return url.href;
}
