import { getTranslations } from 'next-intl/server';
import { Deadline } from '@/components/finance/deadline';
import { Facts } from '@/components/ui/facts';
import type { DealingTicket } from '@/db/queries/investor-pages';
import { MAX_PAYOUT_DAYS } from '@/lib/domain/calendar/dealing-times';
import type { DealingEstimate } from '@/lib/domain/dealing/estimate';
import { formatDate, formatInstant, formatMoney, formatPercentE4, formatPrice, formatUnits } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import { dateItems } from '../dates';
import { type DealingQuote, type Ticket, timesNow } from '../ticket';
import { sideOf, type TypedDealing } from '../typed';

type Props = { locale: Locale; ticket: Ticket; typed: TypedDealing; quote: DealingQuote };

/** In the order in which a buyer or a seller asks: what I give, what I get, at which price, at what cost, when, until when not, and what can go wrong. */
export async function OrderFacts({ locale, ticket, typed, quote }: Props) {
  const t = await getTranslations('deal.review');
  const side = sideOf(typed.kind);
  const { cutOffAt } = timesNow(ticket);
  const { gateE4, levyE4, country } = ticket.unitClass;
  const levy = formatPercentE4(locale, BigInt(levyE4));
  const risks =
    side === 'BUY'
      ? [
          t('risk-price'),
          t(`risk-fx-${country}`),
          t('risk-leverage'),
          t('risk-held'),
          t('risk-exit', { gate: formatPercentE4(locale, BigInt(gateE4), 0), days: MAX_PAYOUT_DAYS }),
        ]
      : [
          t('risk-sell-price'),
          t('risk-gate', { gate: formatPercentE4(locale, BigInt(gateE4), 0) }),
          t('risk-held'),
          t('risk-payout', { days: MAX_PAYOUT_DAYS }),
        ];
  return (
    <Facts
      items={[
        ...(await sumItems(locale, ticket, typed, quote.estimate)),
        await priceItem(locale, ticket),
        side === 'BUY'
          ? { term: t('fees'), value: t('fees-none'), note: levyE4 > 0 ? t('fees-levy', { levy }) : t('fees-no-levy') }
          : { term: t('levy'), value: levyE4 > 0 ? levy : t('levy-none'), note: t('levy-note') },
        ...(await dateItems(locale, ticket, side)),
        {
          term: t('cancel'),
          value: (
            <>
              <p>{t('cancel-value')}</p>
              <Deadline locale={locale} at={cutOffAt} />
            </>
          ),
          note: t('cancel-note'),
        },
        {
          term: t('risks'),
          value: (
            <ul className="list-disc pl-6">
              {risks.map((risk) => (
                <li key={risk}>{risk}</li>
              ))}
            </ul>
          ),
        },
        ...(side === 'BUY' ? [await documentItem(locale, ticket)] : []),
      ]}
    />
  );
}

const large = (text: string) => <strong className="text-[1.5rem]">{text}</strong>;

async function sumItems(locale: Locale, ticket: Ticket, { kind }: TypedDealing, estimate: DealingEstimate | null) {
  const t = await getTranslations('deal.review');
  const { unitClass, reader } = ticket;
  const { currency } = unitClass;
  const money = (minor: bigint) => formatMoney(locale, minor, currency);
  const units = (parts: bigint) => formatUnits(locale, parts, unitClass.unitDecimals);
  const about = (text: string) => t('about', { figure: text });
  if (!estimate) return [{ term: t('get'), value: t('no-estimate') }];
  if (estimate.side === 'BUY') {
    const wallet = {
      wallet: t(`wallet.${currency}`),
      before: money(reader.availableMinor),
      after: money(reader.availableMinor - estimate.reservedMinor),
    };
    return [
      {
        term: t('reserved'),
        value: large(money(estimate.reservedMinor)),
        note: (
          <>
            <p>{t(`reserved-note-${kind as 'BUY_UNITS'}`, { cost: money(estimate.costMinor) })}</p>
            <p>
              {ticket.change
                ? t('wallet-note-change', { ...wallet, number: String(ticket.change.number) })
                : t('wallet-note', wallet)}
            </p>
          </>
        ),
      },
      {
        term: t(kind === 'BUY_AMOUNT' ? 'get' : 'get-exact'),
        value: large(kind === 'BUY_AMOUNT' ? about(units(estimate.units)) : units(estimate.units)),
        note: t(`get-note-${kind as 'BUY_UNITS'}`),
      },
    ];
  }
  return [
    {
      term: t('give'),
      value: large(units(estimate.units)),
      note: t('give-note', { left: units(reader.freeUnits - estimate.units) }),
    },
    {
      term: t('payout'),
      value: large(about(money(estimate.payoutMinor))),
      note:
        estimate.levyMinor > 0n
          ? t('payout-note-levy', { gross: money(estimate.grossMinor), levy: money(estimate.levyMinor) })
          : t('payout-note'),
    },
  ];
}

async function priceItem(locale: Locale, { unitClass, nav }: DealingTicket) {
  const t = await getTranslations('deal.review');
  const { currency, priceDecimals, quoteUnits, unitDecimals } = unitClass;
  return {
    term: t('price'),
    value: t('price-value'),
    note: (
      <>
        <p>{t('price-note')}</p>
        {nav && (
          <p>
            {t('price-last', {
              price: `${formatPrice(locale, nav.price, currency, priceDecimals)} / ${formatUnits(locale, quoteUnits, unitDecimals)}`,
              date: formatDate(locale, nav.date),
            })}
          </p>
        )}
      </>
    ),
  };
}

export async function documentItem(locale: Locale, { prospectus, reader }: DealingTicket) {
  const t = await getTranslations('buy.review');
  // What can be agreed to is the text that was opened, in whichever language.
  const read = reader.openedIn.includes(locale) ? locale : (reader.openedIn[0] ?? locale);
  return {
    term: t('document'),
    value: (
      <span lang={read}>{t('document-version', { title: prospectus.title[read], version: prospectus.version })}</span>
    ),
    note: (
      <>
        <p>{t('document-published', { at: formatInstant(locale, prospectus.publishedAt) })}</p>
        <p className="break-all font-mono">
          {t('document-hash')} {prospectus.sha256[read]}
        </p>
        {reader.openedAt && <p>{t('document-opened', { at: formatInstant(locale, reader.openedAt) })}</p>}
      </>
    ),
  };
}
