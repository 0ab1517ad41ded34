/** What an allotment comes to before anything is drawn: figures, and how many ask for how much. Both sides sign for these. */
import { getTranslations } from 'next-intl/server';
import { Facts } from '@/components/ui/facts';
import { Table } from '@/components/ui/table';
import type { FiguresJson } from '@/lib/domain/allotment/result-file';
import { amountForUnits, type ClassQuotation } from '@/lib/domain/orders/pricing';
import type { Locale } from '@/lib/domain/states';
import { formatInteger, formatMoney, formatUnits } from '@/lib/i18n/format';

type Shown = {
  locale: Locale;
  offering: ClassQuotation & { price: bigint; lotUnits: bigint };
  /** The figures that are the same whoever wins. */
  preview: Omit<FiguresJson, 'full' | 'part' | 'none' | 'sizes'> & {
    sizes: Pick<FiguresJson['sizes'][number], 'toUnits' | 'applicants' | 'askedUnits'>[];
  };
};

export async function AllotmentPreview({ locale, offering, preview }: Shown) {
  const t = await getTranslations('desk.draw.preview');
  const words = await getTranslations('results.figures');
  const units = (count: string) => formatUnits(locale, BigInt(count), offering.unitDecimals);
  const cost = (count: string) =>
    formatMoney(locale, amountForUnits(BigInt(count), offering.price, offering), offering.currency);
  if (preview.applicants === 0) return <p>{words('nobody')}</p>;
  return (
    <div className="grid gap-6">
      <Facts
        items={[
          {
            term: words('applicants'),
            value: words('applicants-value', { count: preview.applicants }),
            note: words('applicants-note'),
          },
          { term: words('asked'), value: units(preview.askedUnits), note: cost(preview.askedUnits) },
          { term: t('supply'), value: units(preview.supplyUnits), note: t('supply-note') },
          { term: words('allotted'), value: units(preview.allottedUnits), note: cost(preview.allottedUnits) },
          { term: t('upsize'), value: units(preview.upsizeUsedUnits) },
          ...(preview.ceilingUnits === null
            ? []
            : [{ term: words('ceiling'), value: words('ceiling-value', { units: units(preview.ceilingUnits) }) }]),
          {
            term: t('extra'),
            value:
              preview.extraLots === 0
                ? t('extra-none')
                : words('extra-value', {
                    lots: formatInteger(locale, preview.extraLots),
                    tickets: formatInteger(locale, preview.tickets),
                  }),
            note: words('extra-note', { lot: formatUnits(locale, offering.lotUnits, offering.unitDecimals) }),
          },
        ]}
      />
      <Histogram locale={locale} offering={offering} preview={preview} />
    </div>
  );
}

/** The bars stand in the table itself, so that whoever cannot see them reads the same rows. */
async function Histogram({ locale, offering, preview: { sizes } }: Shown) {
  const t = await getTranslations('desk.draw.preview');
  const words = await getTranslations('results.sizes');
  const units = (count: string) => formatUnits(locale, BigInt(count), offering.unitDecimals);
  const most = Math.max(1, ...sizes.map(({ applicants }) => applicants));
  return (
    <Table
      caption={t('histogram')}
      columns={[
        { key: 'size', label: words('size'), figure: true },
        { key: 'applicants', label: words('applicants'), figure: true },
        { key: 'bar', label: t('bar') },
        { key: 'asked', label: words('asked'), figure: true },
      ]}
      rows={sizes.map(({ toUnits, applicants, askedUnits }) => ({
        id: `size-${toUnits}`,
        cells: [
          units(toUnits),
          formatInteger(locale, applicants),
          <Bar key="bar" share={applicants / most} />,
          units(askedUnits),
        ],
      }))}
    />
  );
}

const Bar = ({ share }: { share: number }) => (
  <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" className="h-4 w-full min-w-24">
    <rect width={Math.max(1, Math.round(share * 100))} height="10" className="fill-accent" />
  </svg>
);
