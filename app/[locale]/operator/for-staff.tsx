import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import type { ReactNode } from 'react';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { getSession } from '@/lib/auth/session';
import type { Role } from '@/lib/domain/states';
import { asLocale } from '@/lib/i18n/locale';

/** Who may draft and propose. */
export const PROPOSERS = ['OPERATOR', 'MANAGER'] as const satisfies readonly Role[];

/** Whoever is signed in with none of these roles. A stranger is the page's own concern, which sends them to sign in. */
async function isElsewhere(roles: readonly Role[]): Promise<boolean> {
  const session = await getSession();
  return session !== null && !roles.includes(session.role);
}

/**
 * A page for these roles; everybody else who is signed in gets the whole page of what is not there, also without a script. The page still asks
 * `requireSession` by itself, which can only throw (decision 13).
 */
export const forStaff =
  <Props,>(roles: readonly Role[], Page: (props: Props) => Promise<ReactNode>) =>
  async (props: Props): Promise<ReactNode> =>
    (await isElsewhere(roles)) ? <Missing locale={asLocale(await rootLocale())} /> : Page(props);

/** The head that belongs to it. */
export const staffMetadata =
  <Props,>(roles: readonly Role[], metadata: (props: Props) => Promise<Metadata>) =>
  async (props: Props): Promise<Metadata> =>
    (await isElsewhere(roles)) ? missingMetadata(asLocale(await rootLocale())) : metadata(props);
