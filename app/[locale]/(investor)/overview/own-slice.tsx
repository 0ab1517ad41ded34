import { getTranslations } from 'next-intl/server';
import { Slice } from '@/components/finance/slice';
import { Section } from '@/components/ui/section';
import type { OverviewPage } from '@/db/queries/investor-pages';
import type { Locale } from '@/lib/i18n/locale';
import { getFund } from '@/lib/public-data/fund';

/** What my original investment is of the whole: it, not today's value, decides what I share in. */
export async function OwnSlice({ locale, page }: { locale: Locale; page: OverviewPage }) {
  const held = page.positions.filter((position) => position.costMinor > 0n);
  const rate = page.midRate;
  if (held.length === 0 || !rate) return null;
  const t = await getTranslations('overview.slice');
  const { owners } = await getFund();
  return (
    <Section id="slice" title={t('title')} note={t('note')}>
      {held.map(({ unitClass, costMinor }) => (
        <Slice
          key={unitClass.code}
          locale={locale}
          owners={owners}
          amountMinor={costMinor}
          currency={unitClass.currency}
          rate={rate}
        />
      ))}
    </Section>
  );
}
