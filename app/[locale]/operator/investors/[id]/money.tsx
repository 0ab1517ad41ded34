import { getTranslations } from 'next-intl/server';
import { DeskTable } from '@/components/ui/desk-table';
import type { DealingMovement, Movement } from '@/db/queries/movements';
import { valueOfUnits } from '@/lib/domain/orders/pricing';
import { formatInstant, formatMoney, formatUnits } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import type { SeenInvestorPage } from '@/lib/services/view-investor';

/** Cash, units, and what moved them. */
export async function InvestorMoney({
  locale,
  wallets,
  positions,
  movements,
}: { locale: Locale } & Pick<SeenInvestorPage, 'wallets' | 'positions' | 'movements'>) {
  const t = await getTranslations('desk.investor');
  const cash = await getTranslations('cash.wallets');
  const held = positions.filter(({ units }) => units > 0n);
  return (
    <>
      <section className="grid content-start gap-2">
        <h2 className="font-700">{t('cash')}</h2>
        <DeskTable
          caption={t('cash')}
          columns={[
            { key: 'currency', label: t('currency') },
            { key: 'available', label: cash('available'), figure: true },
            { key: 'reserved', label: cash('reserved'), figure: true },
          ]}
          rows={wallets.map((wallet) => ({
            id: wallet.currency,
            cells: [
              cash(wallet.currency),
              formatMoney(locale, wallet.availableMinor, wallet.currency),
              formatMoney(locale, wallet.reservedMinor, wallet.currency),
            ],
          }))}
          empty={t('none')}
        />
      </section>
      <section className="grid content-start gap-2">
        <h2 className="font-700">{t('holdings')}</h2>
        <DeskTable
          caption={t('holdings')}
          columns={[
            { key: 'class', label: t('class') },
            { key: 'units', label: t('units'), figure: true },
            { key: 'cost', label: t('cost'), figure: true },
            { key: 'value', label: t('value'), figure: true },
          ]}
          rows={held.map(({ unitClass, units, costMinor, nav }) => ({
            id: unitClass.code,
            cells: [
              unitClass.name[locale],
              formatUnits(locale, units, unitClass.unitDecimals),
              formatMoney(locale, costMinor, unitClass.currency),
              nav ? formatMoney(locale, valueOfUnits(units, nav.price, unitClass), unitClass.currency) : t('none'),
            ],
          }))}
          empty={t('no-holdings')}
        />
      </section>
      <section className="grid content-start gap-2">
        <h2 className="font-700">{t('movements')}</h2>
        <Movements locale={locale} movements={movements} />
      </section>
    </>
  );
}

async function Movements({ locale, movements }: { locale: Locale; movements: readonly Movement[] }) {
  const t = await getTranslations('desk.investor');
  const order = await getTranslations('order');
  const activity = await getTranslations('activity');
  const kind = await getTranslations('desk.cash-kind');
  /** What it was dealt at, or what waits for that. */
  const dealt = (movement: DealingMovement) => {
    const { currency, unitDecimals, placedMinor, placedUnits, dealtUnits, amountMinor } = movement;
    const asked =
      movement.kind === 'BUY_AMOUNT'
        ? formatMoney(locale, movement.asked, currency)
        : formatUnits(locale, movement.asked, unitDecimals);
    const isDealt = dealtUnits > 0n;
    return [
      activity(`dealing.${movement.kind}`, { class: movement.className[locale], asked }),
      formatMoney(locale, isDealt ? amountMinor : placedMinor, currency),
      formatUnits(locale, isDealt ? dealtUnits : placedUnits, unitDecimals),
      order(`state.${movement.state}`),
    ];
  };
  const cells = (movement: Movement) => {
    const at = formatInstant(locale, movement.placedAt);
    const money = (minor: bigint) => formatMoney(locale, minor, movement.currency);
    if (movement.type === 'CASH')
      return [at, kind(movement.kind), money(movement.amountMinor), '', activity(`cash-state.${movement.state}`)];
    if (movement.type === 'DEALING') return [at, ...dealt(movement)];
    const units = formatUnits(locale, movement.units, movement.unitDecimals);
    const offering = movement.offering.name[locale];
    if (movement.type === 'ORDER') {
      const what = t('order', { number: String(movement.number), offering });
      const state = movement.refunded ? order('refunded') : order(`state.${movement.state}`);
      return [at, what, money(movement.amountMinor), units, state];
    }
    if (movement.type === 'SALE_REFUND') {
      const what = activity('sale-refund', { units, offering });
      return [at, what, money(movement.refundMinor), units, activity('subscription-state.done')];
    }
    if (movement.type === 'SUBSCRIPTION') {
      const what = activity(`subscription.${movement.act}`, { units, offering });
      return [
        at,
        what,
        money(movement.deltaMinor),
        units,
        activity(movement.open ? 'subscription-state.open' : 'subscription-state.done'),
      ];
    }
    const what = movement.purpose === 'REFUND' ? 'allotment-refund' : 'allotment';
    return [
      at,
      activity(what, { units, offering }),
      money(movement.costMinor),
      units,
      activity('subscription-state.done'),
    ];
  };
  return (
    <DeskTable
      caption={t('movements')}
      columns={[
        { key: 'at', label: t('at') },
        { key: 'what', label: t('what') },
        { key: 'amount', label: t('amount'), figure: true },
        { key: 'units', label: t('units'), figure: true },
        { key: 'state', label: t('state') },
      ]}
      rows={movements.map((movement) => ({ id: movement.key, cells: cells(movement) }))}
      empty={t('no-movements')}
    />
  );
}
