/** Owners, stakes and original investment, with the engraving that each has in the ring. */
import { getTranslations } from 'next-intl/server';
import { Table } from '@/components/ui/table';
import { type OwnerStake, stakeE4, totalOf } from '@/lib/domain/fund/slice';
import type { Locale } from '@/lib/domain/states';
import { formatLargeMoney, formatPercentE4 } from '@/lib/i18n/format';
import { Swatch } from './ring';

export async function OwnersTable({ locale, owners }: { locale: Locale; owners: readonly OwnerStake[] }) {
  const t = await getTranslations({ locale, namespace: 'fund' });
  const total = totalOf(owners);
  return (
    <Table
      caption={t('owners.caption')}
      captionHidden
      columns={[
        { key: 'group', label: t('owners.group') },
        { key: 'stake', label: t('owners.stake'), figure: true },
        { key: 'invested', label: t('owners.invested'), figure: true },
      ]}
      rows={owners.map((owner) => ({
        id: `owner-${owner.group.toLowerCase().replace('_', '-')}`,
        cells: [
          <span key="group" className="flex items-start gap-3">
            <Swatch of={owner.group} />
            <span>
              {t(`owner.${owner.group}`)}
              <span className="block text-[0.875rem] text-soft">{t(`owner-note.${owner.group}`)}</span>
            </span>
          </span>,
          formatPercentE4(locale, stakeE4(owner.committedUsdMinor, total), 0),
          formatLargeMoney(locale, owner.committedUsdMinor, 'USD'),
        ],
      }))}
      total={[t('owners.total'), formatPercentE4(locale, 10_000n, 0), formatLargeMoney(locale, total, 'USD')]}
    />
  );
}
