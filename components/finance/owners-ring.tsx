/** The ring of owners with their names beside it, in the order in which the ring runs. */
import { getTranslations } from 'next-intl/server';
import { arcsOf, type OwnerStake, stakeE4, totalOf } from '@/lib/domain/fund/slice';
import type { Locale } from '@/lib/domain/states';
import { formatLargeMoney, formatPercentE4 } from '@/lib/i18n/format';
import { Ring, Swatch } from './ring';

export async function OwnersRing({ locale, owners }: { locale: Locale; owners: readonly OwnerStake[] }) {
  const t = await getTranslations({ locale, namespace: 'fund' });
  const home = await getTranslations({ locale, namespace: 'home' });
  const total = totalOf(owners);
  const arcs = arcsOf(owners.map((owner) => owner.committedUsdMinor));
  return (
    <figure
      aria-label={home('ring-label')}
      className="grid items-center gap-x-8 gap-y-4 sm:grid-cols-[14rem_1fr] lg:grid-cols-1 lg:justify-items-center"
    >
      <div className="relative mx-auto size-56 lg:size-76">
        <Ring
          className="size-full"
          // The slice stands at the upper right, as in the mark.
          turn={-1 / 8 + (1 - Number((arcs.at(-1)?.from ?? 0n) + (arcs.at(-1)?.to ?? 0n)) / 2_000_000)}
          parts={owners.flatMap((owner, i) => {
            const arc = arcs[i];
            return arc
              ? [{ key: owner.group, arc, engraving: owner.group, out: owner.group === 'CITIZENS' ? 8 : 0 }]
              : [];
          })}
        />
        <p className="absolute inset-0 m-auto h-fit w-[56%] text-center leading-140">
          <span className="block text-[1.25rem] font-700 tabular-nums lg:text-[1.625rem]">
            {formatLargeMoney(locale, total, 'USD')}
          </span>
          <span className="text-[0.875rem] text-soft">{home('ring-center')}</span>
        </p>
      </div>
      <ul className="w-full divide-y divide-line lg:max-w-76">
        {owners.map((owner) => (
          <li key={owner.group} className="flex items-center gap-3 py-1.5">
            <Swatch of={owner.group} />
            <span className="grow">{t(`owner.${owner.group}`)}</span>
            <span className="figures font-700">
              {formatPercentE4(locale, stakeE4(owner.committedUsdMinor, total), 0)}
            </span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
