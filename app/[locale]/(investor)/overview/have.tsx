import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Gain } from '@/components/finance/gain';
import type { OverviewPage } from '@/db/queries/investor-pages';
import type { Position } from '@/db/queries/positions';
import { valueHolding } from '@/lib/domain/holdings/valuation';
import { between, formatDate, formatMoney, formatPercentE4, formatSignedMoney, formatUnits } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';

/** What I have, class by class: units are not added over currencies, since their sum would hide a rate. */
export async function Have({ locale, page }: { locale: Locale; page: OverviewPage }) {
  const t = await getTranslations('overview.have');
  const held = page.positions.filter((position) => position.units > 0n);
  return (
    <section className="grid gap-4 rounded-8 border border-line bg-raised p-4 sm:p-6">
      <h2 className="font-700">{t('title')}</h2>
      {held.length === 0 ? (
        <div>
          <p className="text-[1.25rem] font-700">{t('none')}</p>
          <p className="text-soft">{t('none-note')}</p>
        </div>
      ) : (
        held.map((position) => (
          <HeldClass key={position.unitClass.code} locale={locale} position={position} midRate={page.midRate} />
        ))
      )}
    </section>
  );
}

async function HeldClass({
  locale,
  position,
  midRate,
}: {
  locale: Locale;
  position: Position;
  midRate: OverviewPage['midRate'];
}) {
  const t = await getTranslations('overview.have');
  const { unitClass, units, costMinor, nav } = position;
  const { currency } = unitClass;
  const path = localePath(locale, `/holdings/${unitClass.code.toLowerCase()}`);
  const amount = formatUnits(locale, units, unitClass.unitDecimals);
  const value = nav && valueHolding({ ...unitClass, units, costMinor, price: nav.price }, midRate?.jpyPerUsdE4 ?? null);
  return (
    <div className="grid gap-1">
      <p className="text-[0.875rem] text-soft">{t('units')}</p>
      {value ? (
        <>
          <p className="figures text-[2rem] font-700 leading-130">{formatMoney(locale, value.valueMinor, currency)}</p>
          {value.other && midRate && (
            <p className="text-soft">
              {t('about', {
                amount: formatMoney(locale, value.other.valueMinor, value.other.currency),
                date: formatDate(locale, midRate.rateDate),
              })}
            </p>
          )}
          <p>
            <Gain minor={value.gainMinor}>
              {t(value.gainMinor > 0n ? 'gain' : value.gainMinor < 0n ? 'loss' : 'even', {
                amount: formatSignedMoney(locale, value.gainMinor, currency),
                percent: formatPercentE4(locale, value.gainE4 ?? 0n),
              })}
            </Gain>
          </p>
        </>
      ) : (
        <p className="figures text-[2rem] font-700 leading-130">{amount}</p>
      )}
      <p>
        {amount}
        {between(locale)}
        {unitClass.name[locale]}
      </p>
      <p>
        <Link href={path} className="inline-flex min-h-11 items-center">
          {t('see-holding')}
        </Link>
      </p>
    </div>
  );
}
