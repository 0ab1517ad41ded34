import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Facts } from '@/components/ui/facts';
import { Section } from '@/components/ui/section';
import type { DealingOrderDetails } from '@/db/queries/investor-pages';
import type { SwitchPartView, SwitchView } from '@/db/queries/switches';
import { formatDay, formatMoney, formatRate } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';

type Props = { locale: Locale; order: DealingOrderDetails; switching: SwitchView };

/** What became of the money of a switch, day by day where the gate has divided it. */
export async function SwitchedOn({ locale, order, switching }: Props) {
  const t = await getTranslations('tracker.switch');
  return (
    <Section id="switched" title={t('title')}>
      <Facts
        items={
          await Promise.all(
            switching.parts.map(async (part) => ({
              term: t('day', { day: formatDay(locale, part.dealingDate) }),
              value: (
                <strong className="figures">{formatMoney(locale, part.amountMinor, order.unitClass.currency)}</strong>
              ),
              note: await became(locale, part, switching),
            })),
          )
        }
      />
    </Section>
  );
}

async function became(locale: Locale, part: SwitchPartView, { into }: SwitchView) {
  const t = await getTranslations('tracker.switch');
  if (part.reason !== null) return <p>{t('RELEASED', { reason: t(`reason.${part.reason}`) })}</p>;
  if (part.state === 'HELD' || part.orderKey === null) return <p>{t('HELD')}</p>;
  return (
    <>
      <p>
        {part.rateE4 === null
          ? t('CARRIED')
          : t('CARRIED-converted', {
              rate: formatRate(locale, part.rateE4),
              amount: formatMoney(locale, part.toAmountMinor ?? 0n, into.currency),
            })}
      </p>
      <p>
        <Link href={localePath(locale, `/orders/${part.orderKey}`)}>
          {t('order', { number: String(part.orderNumber) })}
        </Link>
      </p>
    </>
  );
}
