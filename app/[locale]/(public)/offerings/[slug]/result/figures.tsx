import { getTranslations } from 'next-intl/server';
import { Facts } from '@/components/ui/facts';
import { Table } from '@/components/ui/table';
import type { FiguresJson } from '@/lib/domain/allotment/result-file';
import { amountForUnits } from '@/lib/domain/orders/pricing';
import type { Locale } from '@/lib/domain/states';
import { formatInteger, formatMoney, formatUnits } from '@/lib/i18n/format';
import type { Offering } from '@/lib/public-data/offerings';
import type { Result } from '@/lib/public-data/results';

type Shown = { locale: Locale; offering: Offering; figures: FiguresJson };

/** What the result notice of a public offering states: applications, amounts, ceiling, lots drawn, and how many got what they asked. */
export async function ResultFigures({ locale, offering, result, figures }: Shown & { result: Result }) {
  const t = await getTranslations('results.figures');
  const units = (count: bigint | string) => formatUnits(locale, BigInt(count), offering.unitDecimals);
  const cost = (count: bigint | string) =>
    formatMoney(locale, amountForUnits(BigInt(count), offering.price, offering), offering.currency);
  const people = (count: number) => t('applicants-value', { count });
  if (figures.applicants === 0) return <p>{t('nobody')}</p>;
  const remainders = result.method === 'PRO_RATA' || (result.method === 'MINIMUM_LOT' && figures.none === 0);
  return (
    <Facts
      items={[
        { term: t('applicants'), value: people(figures.applicants), note: t('applicants-note') },
        { term: t('asked'), value: units(figures.askedUnits), note: cost(figures.askedUnits) },
        {
          term: t('offered'),
          value: units(result.offeredUnits),
          note:
            result.upsizeUnits > 0n &&
            t('upsize', { upsize: units(result.upsizeUnits), used: units(figures.upsizeUsedUnits) }),
        },
        { term: t('allotted'), value: units(figures.allottedUnits), note: cost(figures.allottedUnits) },
        ...(figures.ceilingUnits === null
          ? []
          : [
              {
                term: t('ceiling'),
                value: t('ceiling-value', { units: units(figures.ceilingUnits) }),
                note: t(figures.ceilingUnits === '0' ? 'ceiling-zero' : 'ceiling-note'),
              },
            ]),
        figures.extraLots > 0
          ? {
              term: t(remainders ? 'extra-PRO_RATA' : 'extra'),
              value: t('extra-value', {
                lots: formatInteger(locale, figures.extraLots),
                tickets: formatInteger(locale, figures.tickets),
              }),
              note: t('extra-note', { lot: units(result.lotUnits) }),
            }
          : {
              term: t('extra'),
              value: figures.full === figures.applicants ? t('extra-none') : formatInteger(locale, 0),
            },
        { term: t('full'), value: people(figures.full) },
        { term: t('part'), value: people(figures.part) },
        { term: t('none'), value: people(figures.none) },
      ]}
    />
  );
}

export async function SuccessBySize({ locale, offering, figures }: Shown) {
  const t = await getTranslations('results.sizes');
  const units = (count: string) => formatUnits(locale, BigInt(count), offering.unitDecimals);
  const columns = ['size', 'applicants', 'asked', 'allotted', 'full', 'part', 'none'] as const;
  return (
    <Table
      caption={t('caption')}
      columns={columns.map((key) => ({ key, label: t(key), figure: true }))}
      rows={figures.sizes.map((band) => ({
        id: `size-${band.toUnits}`,
        cells: [
          units(band.toUnits),
          formatInteger(locale, band.applicants),
          units(band.askedUnits),
          units(band.allottedUnits),
          formatInteger(locale, band.full),
          formatInteger(locale, band.part),
          formatInteger(locale, band.none),
        ],
      }))}
    />
  );
}
