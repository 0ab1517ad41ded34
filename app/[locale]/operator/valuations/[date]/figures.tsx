import { getTranslations } from 'next-intl/server';
import { DeskTable } from '@/components/ui/desk-table';
import { Facts } from '@/components/ui/facts';
import type { Locale } from '@/lib/domain/states';
import { apartE4 } from '@/lib/domain/valuation/check';
import {
  formatDate,
  formatInstant,
  formatMoney,
  formatPercentE4,
  formatPrice,
  formatRate,
  formatUnits,
} from '@/lib/i18n/format';
import type { ClassFigures, MarkLine, ValuationView } from '@/lib/services/view-valuations';

/** Each class's price beside what the model expects and the day before, and how far it is from both. */
export async function Classes({ locale, classes }: { locale: Locale; classes: readonly ClassFigures[] }) {
  const t = await getTranslations('valuations');
  if (classes.length === 0) return null;
  const apart = (price: bigint, from: bigint | null) =>
    from === null || from <= 0n ? t('none') : formatPercentE4(locale, apartE4(price, from));
  return (
    <section className="grid gap-2">
      <h2 className="font-700">{t('classes')}</h2>
      <DeskTable
        caption={t('classes')}
        columns={[
          { key: 'class', label: t('columns.class') },
          { key: 'price', label: t('columns.price'), figure: true },
          { key: 'model', label: t('columns.model'), figure: true },
          { key: 'apart', label: t('columns.apart'), figure: true },
          { key: 'before', label: t('columns.before'), figure: true },
          { key: 'moved', label: t('columns.moved'), figure: true },
          { key: 'units', label: t('columns.units'), figure: true },
          { key: 'assets', label: t('columns.class-assets'), figure: true },
        ]}
        rows={classes.map((line) => {
          const price = (value: bigint | null) =>
            value === null ? t('none') : formatPrice(locale, value, line.currency, line.priceDecimals);
          return {
            id: line.code,
            cells: [
              locale === 'ja' ? line.nameJa : line.nameEn,
              price(line.price),
              price(line.modelPrice),
              apart(line.price, line.modelPrice),
              price(line.previousPrice),
              apart(line.price, line.previousPrice),
              formatUnits(locale, line.units, line.unitDecimals),
              formatMoney(locale, line.netAssetsMinor, line.currency),
            ],
          };
        })}
        empty=""
      />
    </section>
  );
}

/** How the net assets come about. */
export async function Balance({ locale, valuation }: { locale: Locale; valuation: ValuationView }) {
  const t = await getTranslations('valuations.balance');
  const none = (await getTranslations('valuations'))('none');
  const usd = (value: bigint | null) => (value === null ? none : formatMoney(locale, value, 'USD'));
  const less = (value: bigint | null) => usd(value === null ? null : -value);
  const { citizensJpyMinor: yen, jpyPerUsdE4: rate } = valuation;
  return (
    <section className="grid max-w-[40rem] gap-2">
      <h2 className="font-700">{t('title')}</h2>
      <Facts
        items={[
          { term: t('portfolio'), value: usd(valuation.portfolioUsdMinor), figure: true },
          { term: t('cash'), value: usd(valuation.cashUsdMinor), figure: true },
          { term: t('citizens-usd'), value: usd(valuation.citizensUsdMinor), figure: true },
          { term: t('citizens-jpy'), value: yen === null ? none : formatMoney(locale, yen, 'JPY'), figure: true },
          { term: t('debt'), value: less(valuation.debtUsdMinor), figure: true },
          { term: t('fees'), value: less(valuation.feesUsdMinor), figure: true },
          { term: t('net-assets'), value: usd(valuation.netAssetsUsdMinor), figure: true },
          { term: t('owners'), value: usd(valuation.ownersUsdMinor), figure: true },
          { term: t('rate'), value: rate === null ? none : formatRate(locale, rate), figure: true },
          { term: t('as-of'), value: formatInstant(locale, valuation.asOf) },
          { term: t('base'), value: valuation.baseDate ? formatDate(locale, valuation.baseDate) : none },
          {
            term: t('model'),
            value: <span lang="en">{valuation.model}</span>,
            note: t('rule', { version: valuation.ruleVersion }),
          },
        ]}
      />
    </section>
  );
}

export async function Marks({ locale, marks }: { locale: Locale; marks: readonly MarkLine[] }) {
  const t = await getTranslations('valuations');
  const sectors = await getTranslations('fund.portfolio.sector-name');
  if (marks.length === 0) return null;
  return (
    <section className="grid gap-2">
      <h2 className="font-700">{t('marks')}</h2>
      <DeskTable
        caption={t('marks')}
        columns={[
          { key: 'project', label: t('columns.project') },
          { key: 'sector', label: t('columns.sector') },
          { key: 'value', label: t('columns.value'), figure: true },
        ]}
        rows={marks.map((line) => ({
          id: line.slug,
          cells: [
            locale === 'ja' ? line.nameJa : line.nameEn,
            sectors(line.sector),
            formatMoney(locale, line.valueUsdMinor, 'USD'),
          ],
        }))}
        empty=""
      />
    </section>
  );
}
