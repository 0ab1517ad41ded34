import { getTranslations } from 'next-intl/server';
import { Disclosure } from '@/components/ui/disclosure';
import { Facts } from '@/components/ui/facts';
import { Section } from '@/components/ui/section';
import type { DealtDay } from '@/db/queries/dealing-orders';
import type { DealingOrderDetails } from '@/db/queries/investor-pages';
import { formatDay, formatInstant, formatMoney, formatPrice, formatUnits } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import { dealtDays, isPurchase } from './at-nav';

type Props = { locale: Locale; order: DealingOrderDetails };

/** What the order came to, day by day where the gate has divided it. */
export async function NavDeals({ locale, order }: Props) {
  const t = await getTranslations('tracker.deals');
  const days = dealtDays(order);
  return (
    <Section id="deals" title={t('title')}>
      {days.map((day) => (
        <div key={day.dealingDate} className="grid gap-2">
          {days.length > 1 && <h3 className="font-700">{formatDay(locale, day.dealingDate)}</h3>}
          <Deal {...{ locale, order, day }} />
        </div>
      ))}
    </Section>
  );
}

async function Deal({ locale, order, day }: Props & { day: DealtDay }) {
  const t = await getTranslations('tracker.deals');
  const { currency, unitDecimals, priceDecimals, quoteUnits } = order.unitClass;
  const buys = isPurchase(order);
  const money = (minor: bigint) => formatMoney(locale, minor, currency);
  const units = (parts: bigint) => formatUnits(locale, parts, unitDecimals);
  const price = formatPrice(locale, day.price, currency, priceDecimals);
  const shown = { units: units(day.units), price, quote: units(quoteUnits), amount: money(day.amountMinor) };
  return (
    <>
      <Facts
        items={[
          { term: t(buys ? 'units-buy' : 'units-sell'), value: <strong>{shown.units}</strong>, figure: true },
          {
            term: t('price'),
            value: price,
            note: t('price-note', { day: formatDay(locale, day.dealingDate), quote: shown.quote }),
            figure: true,
          },
          ...(day.levyMinor > 0n ? [{ term: t('levy'), value: money(day.levyMinor), figure: true }] : []),
          {
            term: t(buys ? 'cost' : order.switching ? 'payout-switch' : 'payout'),
            value: <strong>{shown.amount}</strong>,
            figure: true,
          },
          ...(day.releaseMinor > 0n ? [{ term: t('release'), value: money(day.releaseMinor), figure: true }] : []),
          ...(day.deferredUnits > 0n ? [{ term: t('deferred'), value: units(day.deferredUnits), figure: true }] : []),
          {
            term: t(buys ? 'settlement' : 'paid-on'),
            value: formatDay(locale, buys ? day.settlementDate : day.payoutDate),
            ...(day.settledAt && { note: t('settled', { at: formatInstant(locale, day.settledAt) }) }),
            figure: true,
          },
        ]}
      />
      <Corrected {...{ locale, order, day }} />
      <Disclosure summary={t('why')}>
        <p>
          {buys
            ? t('why-buy', shown)
            : day.levyMinor > 0n
              ? t('why-sell-levy', { ...shown, levy: money(day.levyMinor) })
              : t('why-sell', shown)}
        </p>
      </Disclosure>
    </>
  );
}

/** What it had come to at a value that turned out wrong, and what the fund bears of the difference; nothing where it was right. */
async function Corrected({ locale, order, day }: Props & { day: DealtDay }) {
  if (day.priceBefore === null) return null;
  const t = await getTranslations('tracker.deals');
  const { currency, unitDecimals, priceDecimals } = order.unitClass;
  const borne = [
    ...(day.borneUnits > 0n ? [formatUnits(locale, day.borneUnits, unitDecimals)] : []),
    ...(day.borneMinor > 0n ? [formatMoney(locale, day.borneMinor, currency)] : []),
  ];
  return (
    <>
      <p>
        {t('corrected', {
          before: formatPrice(locale, day.priceBefore, currency, priceDecimals),
          price: formatPrice(locale, day.price, currency, priceDecimals),
          had: formatUnits(locale, day.unitsBefore ?? 0n, unitDecimals),
          paid: formatMoney(locale, day.amountBefore ?? 0n, currency),
        })}
      </p>
      {borne.length > 0 && <p>{t('borne', { borne: borne.join(locale === 'ja' ? '・' : ', ') })}</p>}
    </>
  );
}
