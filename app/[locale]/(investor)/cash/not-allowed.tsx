import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import type { InvestorSession } from '@/lib/auth/session';
import { type Locale, localePath } from '@/lib/i18n/locale';
import { pathOf } from '../overview/waits';

/** Cash comes in and is converted only for who may buy; whoever is not frozen may take theirs out. The functions of the database say the same. */
export const mayUseCash = ({ status }: Pick<InvestorSession, 'status'>): boolean => status === 'ELIGIBLE';
export const mayWithdraw = ({ status }: Pick<InvestorSession, 'status'>): boolean => status !== 'FROZEN';

/** Why cash is not to be had now, and what can be done instead: the one primary button of its page. */
export async function NotAllowed({
  locale,
  session,
  what,
}: {
  locale: Locale;
  session: InvestorSession;
  what: 'deposit' | 'convert' | 'withdraw';
}) {
  const t = await getTranslations('cash.not-allowed');
  const waits = await getTranslations('overview.waits');
  const reason = session.statusReason;
  // Nothing stands against this person any more: they were approved between two reads.
  if (reason === 'all-met') return null;
  return (
    <Callout tone="notice" title={t(what)}>
      <p>{waits(`${reason}.body`)}</p>
      <div>
        <LinkButton href={localePath(locale, pathOf(reason))}>{waits(`${reason}.go`)}</LinkButton>
      </div>
    </Callout>
  );
}
