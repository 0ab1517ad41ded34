import { getTranslations } from 'next-intl/server';
import { Gain } from '@/components/finance/gain';
import { Why } from '@/components/finance/why';
import { Facts } from '@/components/ui/facts';
import type { Position } from '@/db/queries/positions';
import type { MidRateLine } from '@/db/queries/wallets';
import { unitCost, type Valuation, valueHolding } from '@/lib/domain/holdings/valuation';
import {
  formatDate,
  formatMoney,
  formatPercentE4,
  formatPrice,
  formatRate,
  formatSignedMoney,
  formatUnits,
  inParentheses,
} from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';

type Props = { locale: Locale; position: Position; midRate: MidRateLine | null };

/** Every figure of a holding in the language's way, once for the table and once for its explanation. */
function figuresOf({ locale, position, midRate }: Props) {
  const { unitClass, units, costMinor, nav, issuedUnits } = position;
  const { currency, unitDecimals, quoteUnits, priceDecimals } = unitClass;
  const facts = { ...unitClass, units, costMinor };
  const valuation: Valuation | null = nav && valueHolding({ ...facts, price: nav.price }, midRate?.jpyPerUsdE4 ?? null);
  return {
    units: formatUnits(locale, units, unitDecimals),
    quote: formatUnits(locale, quoteUnits, unitDecimals),
    cost: formatMoney(locale, costMinor, currency),
    unitCost: formatPrice(locale, unitCost(facts), currency, priceDecimals),
    issued: formatUnits(locale, issuedUnits, unitDecimals),
    nav: nav && { price: formatPrice(locale, nav.price, currency, priceDecimals), date: formatDate(locale, nav.date) },
    value: valuation && formatMoney(locale, valuation.valueMinor, currency),
    gain: valuation && {
      minor: valuation.gainMinor,
      text: formatSignedMoney(locale, valuation.gainMinor, currency),
      percent: formatPercentE4(locale, valuation.gainE4 ?? 0n),
    },
    other: valuation?.other &&
      midRate && {
        text: formatMoney(locale, valuation.other.valueMinor, valuation.other.currency),
        rate: formatRate(locale, midRate.jpyPerUsdE4),
        date: formatDate(locale, midRate.rateDate),
      },
  };
}

export async function HoldingFigures(props: Props) {
  const t = await getTranslations('holdings');
  const figures = figuresOf(props);
  const { quote, nav, gain, other } = figures;
  const word = gain && t(gain.minor > 0n ? 'gain-word' : gain.minor < 0n ? 'loss-word' : 'even-word');
  return (
    <div className="grid max-w-180 gap-6">
      <Facts
        items={[
          { term: t('units'), value: <strong className="text-[1.5rem]">{figures.units}</strong> },
          ...(nav ? [{ term: t('price'), value: nav.price, note: t('price-note', { date: nav.date, quote }) }] : []),
          ...(figures.value
            ? [
                {
                  term: t('value'),
                  value: <strong className="text-[1.5rem]">{figures.value}</strong>,
                  note: other && t('value-other', { amount: other.text, date: other.date }),
                },
              ]
            : []),
          { term: t('cost'), value: figures.cost, note: t('cost-note') },
          { term: t('unit-cost'), value: figures.unitCost, note: t('unit-cost-note', { quote }) },
          ...(gain
            ? [
                {
                  term: t('gain'),
                  value: (
                    <Gain minor={gain.minor}>{`${word} ${gain.text}${inParentheses(props.locale, gain.percent)}`}</Gain>
                  ),
                },
              ]
            : []),
          {
            term: t('register'),
            value: figures.units,
            note: t('register-note', { total: figures.issued }),
          },
        ]}
      />
      <WhyFigures {...props} />
    </div>
  );
}

async function WhyFigures(props: Props) {
  const t = await getTranslations('holdings');
  const { units, quote, nav, value, cost, unitCost: average, gain, other } = figuresOf(props);
  const input = (label: string, text: string) => `${label}: ${text}`;
  return (
    <Why
      title={t('why-title')}
      labels={{ formula: t('formula'), inputs: t('inputs'), result: t('result'), rule: t('rule') }}
      items={[
        ...(nav && value
          ? [
              {
                name: t('value'),
                formula: t('why-value', { quote }),
                inputs: [
                  input(t('units'), units),
                  input(`${t('price')}${inParentheses(props.locale, nav.date)}`, nav.price),
                ],
                result: value,
                rule: t('why-value-rule'),
              },
            ]
          : []),
        ...(other && value
          ? [
              {
                name: t('why-other-name'),
                formula: t('why-other', { rate: other.rate, date: other.date }),
                inputs: [input(t('value'), value), t('why-other-input', { rate: other.rate, date: other.date })],
                result: other.text,
                rule: t('why-other-rule'),
              },
            ]
          : []),
        { name: t('cost'), formula: t('why-cost'), inputs: [t('orders')], result: cost, rule: t('why-cost-rule') },
        {
          name: t('unit-cost'),
          formula: t('why-unit-cost', { quote }),
          inputs: [input(t('cost'), cost), input(t('units'), units)],
          result: average,
          rule: t(`why-unit-cost-rule-${props.position.unitClass.country}`),
        },
        ...(gain && value
          ? [
              {
                name: t('gain'),
                formula: t('why-gain'),
                inputs: [input(t('value'), value), input(t('cost'), cost)],
                result: gain.text,
                rule: t('why-gain-rule'),
              },
            ]
          : []),
      ]}
    />
  );
}
