import { getTranslations } from 'next-intl/server';
import { Deadline } from '@/components/finance/deadline';
import { Facts } from '@/components/ui/facts';
import { formatDate, formatDay, formatMoney, formatPercentE4, formatRate, formatUnits } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import { dateItems } from '../../../deal/[class]/dates';
import { documentItem } from '../../../deal/[class]/review/facts';
import { timesNow } from '../../../deal/[class]/ticket';
import { buyingTimes, type SwitchEstimate, type Switching } from '../switching';

type Props = { locale: Locale; switching: Switching; estimate: SwitchEstimate };

/** In the order in which somebody asks: what I give up, what I get, at which rate and cost, when, until when not, and what can go wrong. */
export async function ReviewFacts({ locale, switching, estimate }: Props) {
  const t = await getTranslations('switch.review');
  const deal = await getTranslations('deal.review');
  const { from, into, midRate } = switching;
  const { levyE4, gateE4, currency } = from.unitClass;
  const levy = formatPercentE4(locale, BigInt(levyE4));
  const converts = currency !== into.unitClass.currency;
  const risks = [
    t('risk-price'),
    t('risk-between'),
    ...(converts ? [t('risk-rate')] : []),
    deal('risk-gate', { gate: formatPercentE4(locale, BigInt(gateE4), 0) }),
    t('risk-parts'),
    t('risk-stop'),
    deal('risk-held'),
  ];
  const buying = buyingTimes(switching);
  return (
    <Facts
      items={[
        ...(await sumItems({ locale, switching, estimate })),
        { term: deal('price'), value: t('price-value'), note: deal('price-note') },
        ...(converts && midRate
          ? [
              {
                term: t('rate'),
                value: t('rate-value'),
                note: t('rate-note', {
                  mid: formatRate(locale, midRate.jpyPerUsdE4),
                  date: formatDate(locale, midRate.rateDate),
                  spread: formatRate(locale, BigInt(midRate.spreadSen) * 100n),
                }),
              },
            ]
          : []),
        { term: deal('levy'), value: levyE4 > 0 ? levy : deal('levy-none'), note: t('levy-note') },
        ...(await dateItems(locale, from, 'SELL')),
        {
          term: t('buys', { into: into.unitClass.name[locale] }),
          value: formatDay(locale, buying.dealingDate),
          note: t('buys-note', { day: formatDay(locale, buying.settlementDate) }),
        },
        {
          term: t('cancel'),
          value: (
            <>
              <p>{deal('cancel-value')}</p>
              <Deadline locale={locale} at={timesNow(from).cutOffAt} />
            </>
          ),
          note: t('cancel-note'),
        },
        {
          term: deal('risks'),
          value: (
            <ul className="list-disc pl-6">
              {risks.map((risk) => (
                <li key={risk}>{risk}</li>
              ))}
            </ul>
          ),
        },
        await documentItem(locale, into),
      ]}
    />
  );
}

const large = (text: string) => <strong className="text-[1.5rem]">{text}</strong>;

async function sumItems({ locale, switching: { from, into }, estimate }: Props) {
  const t = await getTranslations('switch.review');
  const deal = await getTranslations('deal.review');
  const { units, grossMinor, levyMinor, payoutMinor, carriedMinor, rateE4, boughtUnits } = estimate;
  const out = (parts: bigint) => formatUnits(locale, parts, from.unitClass.unitDecimals);
  const money = (minor: bigint | null) => formatMoney(locale, minor ?? 0n, from.unitClass.currency);
  const carried = formatMoney(locale, carriedMinor ?? 0n, into.unitClass.currency);
  const notes = [
    ...(payoutMinor === null
      ? []
      : [
          levyMinor
            ? t('get-note-levy', { gross: money(grossMinor), levy: money(levyMinor), payout: money(payoutMinor) })
            : t('get-note-plain', { payout: money(payoutMinor) }),
        ]),
    ...(rateE4 === null ? [] : [t('get-note-rate', { carried, rate: formatRate(locale, rateE4) })]),
    t('get-note'),
  ];
  return [
    {
      term: t('give', { from: from.unitClass.name[locale] }),
      value: large(out(units)),
      note: deal('give-note', { left: out(from.reader.freeUnits - units) }),
    },
    {
      term: t('get', { into: into.unitClass.name[locale] }),
      value:
        boughtUnits === null
          ? deal('no-estimate')
          : large(deal('about', { figure: formatUnits(locale, boughtUnits, into.unitClass.unitDecimals) })),
      ...(boughtUnits !== null && {
        note: notes.map((note) => <p key={note}>{note}</p>),
      }),
    },
  ];
}
