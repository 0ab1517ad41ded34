import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Field, RadioField } from '@/components/ui/field';
import { SectionHeading } from '@/components/ui/heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import type { DealingTicket } from '@/db/queries/investor-pages';
import { CURRENCY_DECIMALS } from '@/lib/domain/money/currency';
import { formatDate, formatMoney, formatUnits } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import { reviewDeal } from './actions';
import { Estimate, type EstimateLabels } from './estimate';
import { nameOf } from './ticket';
import { BUY_KINDS, SELL_KINDS, sideOf, type TypedDealing } from './typed';

type Props = { locale: Locale; ticket: DealingTicket; typed: TypedDealing };

export async function TicketForm({ locale, ticket, typed }: Props) {
  const t = await getTranslations('deal');
  const common = await getTranslations('common');
  const { unitClass, reader } = ticket;
  const { currency, unitDecimals } = unitClass;
  const side = sideOf(typed.kind);
  const unit = t(unitDecimals > 0 ? 'ticket.share' : 'ticket.unit');
  return (
    <section className="grid gap-6">
      <SectionHeading>
        <span className="block text-[1rem] font-400 text-soft">{t('step', { step: 1 })}</span>
        {t(`ticket.title.${side}`)}
      </SectionHeading>
      <ActionForm action={reviewDeal} locale={locale} summaryTitle={common('form.summary')}>
        <HiddenFields values={{ name: nameOf(ticket), change: typed.change }} />
        <RadioField
          name="kind"
          label={t('ticket.kind')}
          need={common('form.required')}
          defaultValue={typed.kind}
          options={(side === 'BUY' ? BUY_KINDS : SELL_KINDS).map((kind) => ({
            value: kind,
            label: t(`ticket.${kind}`),
            hint: t(`ticket.${kind}-hint`),
          }))}
        />
        {/* One of the boxes shows, by the choice above and without a script; a browser that cannot do that shows both. */}
        {side === 'BUY' && (
          <div className="in-[form:has([value$=UNITS]:checked)]:hidden">
            <Field
              name="amount"
              label={t('ticket.amount')}
              hint={t('ticket.amount-hint', {
                currency: t(`ticket.${currency}`),
                max: formatMoney(locale, reader.availableMinor, currency),
              })}
              need={common('form.required')}
              unit={t(`ticket.${currency}`)}
              inputMode={CURRENCY_DECIMALS[currency] > 0 ? 'decimal' : 'numeric'}
              autoComplete="off"
              defaultValue={typed.amount}
              className="max-w-60 text-right tabular-nums"
            />
          </div>
        )}
        <div className="in-[form:has([value$=AMOUNT]:checked)]:hidden in-[form:has([value$=ALL]:checked)]:hidden">
          <Field
            name="units"
            label={t(`ticket.units.${side}`)}
            hint={
              side === 'BUY'
                ? t('ticket.units-hint')
                : t('ticket.units-hint-sell', { max: formatUnits(locale, reader.freeUnits, unitDecimals) })
            }
            need={common('form.required')}
            unit={unit}
            inputMode={unitDecimals > 0 ? 'decimal' : 'numeric'}
            autoComplete="off"
            defaultValue={typed.units}
            className="max-w-60 text-right tabular-nums"
          />
        </div>
        <LiveEstimate {...{ locale, ticket, side }} />
        <div>
          <Button>{t('ticket.submit')}</Button>
        </div>
      </ActionForm>
    </section>
  );
}

async function LiveEstimate({ locale, ticket, side }: { locale: Locale; ticket: DealingTicket; side: 'BUY' | 'SELL' }) {
  const { unitClass, nav, reader } = ticket;
  if (!nav) return null;
  const { currency, unitDecimals, quoteUnits, priceDecimals, levyE4 } = unitClass;
  const { availableMinor, freeUnits } = reader;
  return (
    <Estimate
      locale={locale}
      terms={{
        ...{ currency, unitDecimals, quoteUnits, priceDecimals, levyE4: BigInt(levyE4) },
        ...{ price: nav.price, availableMinor, freeUnits },
      }}
      labels={await labelsOf(formatDate(locale, nav.date), side)}
      noscript={(await getTranslations('deal.ticket'))('estimate-noscript')}
    />
  );
}

async function labelsOf(date: string, side: 'BUY' | 'SELL'): Promise<EstimateLabels> {
  const t = await getTranslations('deal.estimate');
  return {
    title: t('title'),
    waiting: t(`waiting.${side}`),
    note: t('note', { date }),
    units: t('units'),
    cost: t('cost'),
    reserved: t('reserved'),
    sold: t('sold'),
    gross: t('gross'),
    levy: t('levy'),
    payout: t('payout'),
    short: t('short'),
    many: t('many'),
  };
}
