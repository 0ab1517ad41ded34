import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import type { DealingRefusal } from '@/lib/domain/dealing/decide';
import { type Locale, localePath } from '@/lib/i18n/locale';
import { Stop } from '../../deal/[class]/stop';
import { isDealing } from '../../deal/[class]/ticket';
import type { Switching } from './switching';

type Props = { locale: Locale; switching: Switching; back: string; code: DealingRefusal; refused?: boolean };

/** What stands against any switch between the two classes: said of the class that it is about, and where to go from here. */
export async function SwitchStop({ locale, switching, back, code, refused = false }: Props) {
  const { from, into } = switching;
  if (code === 'order.insufficient-units' && from.reader.heldUnits === 0n) {
    const t = await getTranslations('switch.stop');
    return (
      <Callout tone="notice" title={t('none', { from: from.unitClass.name[locale] })}>
        <p>{t('none-note')}</p>
        <div>
          <LinkButton href={localePath(locale, `/deal/${into.unitClass.code.toLowerCase()}`)}>
            {t('none-go', { into: into.unitClass.name[locale] })}
          </LinkButton>
        </div>
      </Callout>
    );
  }
  const about = code === 'order.dealing-not-open' && !isDealing(into) ? into : from;
  const typed = { kind: 'SELL_UNITS', amount: '', units: '', change: '' } as const;
  return <Stop {...{ locale, typed, back, code, refused }} ticket={about} />;
}
