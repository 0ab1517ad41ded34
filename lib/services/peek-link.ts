import { findEmailToken } from '@/db/queries/people';
import { isTokenShaped, tokenHash } from '@/lib/auth/tokens';

/** Would this link work? Opening it uses nothing up: programs that fetch links in mails must not. */
export async function peekLink(token: string | undefined, purpose: 'VERIFY' | 'RESET'): Promise<boolean> {
  if (!token || !isTokenShaped(token)) return false;
  const found = await findEmailToken(tokenHash(token));
  return found?.usable === true && found.purpose === purpose;
}
