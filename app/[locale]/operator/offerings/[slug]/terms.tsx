import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Deadline } from '@/components/finance/deadline';
import { Facts } from '@/components/ui/facts';
import { proceedsOf } from '@/lib/domain/offerings/draft';
import { formatMoney, formatPrice, formatUnits } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';
import type { OfferingLine } from '@/lib/services/view-desk-offerings';

/** The terms of an offering as both sides approve them, the names in both languages. */
export async function Terms({ locale, offering }: { locale: Locale; offering: OfferingLine }) {
  const t = await getTranslations('desk.offering');
  const fields = await getTranslations('common.fields');
  const methods = await getTranslations('offerings.method');
  const draft = await getTranslations('desk.draft');
  const units = (value: bigint) => formatUnits(locale, value, offering.unitDecimals);
  return (
    <section className="grid content-start gap-2">
      <h2 className="font-700">{t('terms')}</h2>
      <Facts
        items={[
          { term: fields('nameEn'), value: <span lang="en">{offering.nameEn}</span> },
          { term: fields('nameJa'), value: <span lang="ja">{offering.nameJa}</span> },
          { term: fields('slug'), value: <span lang="en">{offering.slug}</span> },
          { term: fields('method'), value: methods(offering.method) },
          {
            term: fields('price'),
            value: formatPrice(locale, offering.price, offering.currency, offering.priceDecimals),
            figure: true,
          },
          { term: fields('sizeUnits'), value: units(offering.sizeUnits), figure: true },
          ...(offering.method === 'FIRST_COME'
            ? []
            : [
                { term: fields('upsizeUnits'), value: units(offering.upsizeUnits), figure: true },
                { term: fields('showDemand'), value: t(offering.showDemand ? 'demand-shown' : 'demand-hidden') },
              ]),
          {
            term: t('proceeds'),
            value: formatMoney(locale, proceedsOf(offering, offering), offering.currency),
            figure: true,
          },
          { term: fields('lotUnits'), value: units(offering.lotUnits), figure: true },
          { term: fields('minUnits'), value: units(offering.minUnits), figure: true },
          { term: fields('maxUnits'), value: units(offering.maxUnits), figure: true },
          { term: fields('opensAt'), value: <Deadline locale={locale} at={offering.opensAt} /> },
          { term: fields('closesAt'), value: <Deadline locale={locale} at={offering.closesAt} /> },
          {
            term: fields('prospectus'),
            value: (
              <Link href={localePath(locale, `/documents/${offering.prospectusSlug}/${offering.prospectusVersion}`)}>
                {draft('version', { version: offering.prospectusVersion })}
              </Link>
            ),
          },
          { term: t('version'), value: String(offering.termsVersion) },
        ]}
      />
    </section>
  );
}
