import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import type { Locale, Role } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import { mayPropose } from '@/lib/services/view-proposals';

/** The way to freeze an account, or to release it: a proposal, for those who may make one. */
export async function FreezeLink(props: { locale: Locale; role: Role; investorId: string; isFrozen: boolean }) {
  const t = await getTranslations('proposals');
  if (!mayPropose(props.role)) return null;
  const kind = props.isFrozen ? 'investor-unfreeze' : 'investor-freeze';
  return (
    <LinkButton
      look="secondary"
      href={localePath(
        props.locale,
        `${DESK_PLACES.proposals.path}/new/${kind}?investor=${encodeURIComponent(props.investorId)}`,
      )}
    >
      {t(props.isFrozen ? 'propose-unfreeze' : 'propose-freeze')}
    </LinkButton>
  );
}
