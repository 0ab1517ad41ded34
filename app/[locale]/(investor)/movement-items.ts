/** Movements in the reader's words, for the lists on the overview, the cash page and the activity page. */
import { getTranslations } from 'next-intl/server';
import type { MovementItem } from '@/components/finance/movement-list';
import type {
  AllotmentMovement,
  CashMovement,
  DealingMovement,
  Movement,
  OrderMovement,
  SaleRefundMovement,
  SubscriptionMovement,
} from '@/db/queries/movements';
import { isFinished } from '@/lib/domain/orders/state-machine';
import {
  between,
  formatDate,
  formatDay,
  formatInstant,
  formatMoney,
  formatRate,
  formatSignedMoney,
  formatSignedUnits,
  formatUnits,
} from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';

export async function movementItems(locale: Locale, movements: readonly Movement[]): Promise<MovementItem[]> {
  const t = await getTranslations('activity');
  const orderTexts = await getTranslations('order');
  type Words = { t: typeof t; orderTexts: typeof orderTexts };
  const words: Words = { t, orderTexts };
  return movements.map((movement) => itemOf(locale, movement, words));
}

function itemOf(locale: Locale, movement: Movement, words: Texts): MovementItem {
  switch (movement.type) {
    case 'ORDER':
      return orderItem(locale, movement, words);
    case 'DEALING':
      return dealingItem(locale, movement, words);
    case 'CASH':
      return cashItem(locale, movement, words);
    case 'SUBSCRIPTION':
      return subscriptionItem(locale, movement, words);
    case 'ALLOTMENT':
      return allotmentItem(locale, movement, words);
    case 'SALE_REFUND':
      return saleRefundItem(locale, movement, words);
  }
}

type Texts = {
  t: Awaited<ReturnType<typeof getTranslations<'activity'>>>;
  orderTexts: Awaited<ReturnType<typeof getTranslations<'order'>>>;
};

function orderItem(locale: Locale, order: OrderMovement, { t, orderTexts }: Texts): MovementItem {
  const units = formatUnits(locale, order.units, order.unitDecimals);
  const settled = order.state === 'SETTLED';
  return {
    id: order.key,
    what: t('what-order', { units, offering: order.offering.name[locale] }),
    href: localePath(locale, `/orders/${order.key}`),
    note: `${t('order-link', { number: String(order.number) })}${order.journalId === null ? '' : `${between(locale)}${t('entry', { journal: String(order.journalId) })}`}`,
    when: formatInstant(locale, order.placedAt),
    state: order.refunded ? orderTexts('refunded') : orderTexts(`state.${order.state}`),
    // A refund is a movement of its own: what was paid before it was paid.
    tone: order.refunded || settled ? 'done' : isFinished(order.state) ? 'void' : 'open',
    changes: [{ text: formatSignedMoney(locale, -order.amountMinor, order.currency) }, { text: `+${units}` }],
  };
}

/** Until it is dealt, what is set aside stands there; then what it came to. */
function dealingItem(locale: Locale, order: DealingMovement, { t, orderTexts }: Texts): MovementItem {
  const { kind, state, currency, unitDecimals, placedMinor, placedUnits, dealtUnits, amountMinor } = order;
  const buys = kind === 'BUY_AMOUNT' || kind === 'BUY_UNITS';
  const money = (minor: bigint) => ({ text: formatSignedMoney(locale, minor, currency) });
  const units = (parts: bigint) => ({ text: formatSignedUnits(locale, parts, unitDecimals) });
  const asked =
    kind === 'BUY_AMOUNT' ? formatMoney(locale, order.asked, currency) : formatUnits(locale, order.asked, unitDecimals);
  const waits = state === 'ACCEPTED' || state === 'CUT_OFF';
  return {
    id: order.key,
    what: t(`dealing.${kind}`, { class: order.className[locale], asked }),
    href: localePath(locale, `/orders/${order.key}`),
    note: [
      t('order-link', { number: String(order.number) }),
      waits && t('dealing-day', { day: formatDay(locale, order.dealingDate) }),
      order.journalId !== null && t('entry', { journal: String(order.journalId) }),
    ]
      .filter(Boolean)
      .join(between(locale)),
    when: formatInstant(locale, order.placedAt),
    state: orderTexts(`state.${state}`),
    tone: state === 'SETTLED' ? 'done' : isFinished(state) ? 'void' : 'open',
    changes: buys
      ? dealtUnits > 0n
        ? [money(-amountMinor), units(dealtUnits)]
        : [money(-placedMinor)]
      : [
          units(dealtUnits > 0n && !waits ? -dealtUnits : -placedUnits),
          ...(amountMinor > 0n ? [money(amountMinor)] : []),
        ],
  };
}

function cashItem(locale: Locale, cash: CashMovement, { t }: Texts): MovementItem {
  const amount = formatMoney(locale, cash.amountMinor, cash.currency);
  const { conversion } = cash;
  const notes = [
    conversion &&
      t('conversion-note', {
        rate: formatRate(locale, conversion.rateE4),
        mid: formatRate(locale, conversion.midRateE4),
        date: formatDate(locale, conversion.rateDate),
      }),
    cash.journalId !== null && t('entry', { journal: String(cash.journalId) }),
  ].filter(Boolean);
  const sign = cash.kind === 'DEPOSIT' ? 1n : -1n;
  return {
    id: cash.key,
    what: conversion
      ? t('what-CONVERSION', { from: amount, to: formatMoney(locale, conversion.amountMinor, conversion.currency) })
      : t(cash.kind === 'DEPOSIT' ? 'what-DEPOSIT' : 'what-WITHDRAWAL'),
    note: notes.join(between(locale)),
    when: formatInstant(locale, cash.placedAt),
    state: t(`cash-state.${cash.state}`),
    tone: cash.state === 'SETTLED' ? 'done' : cash.state === 'PENDING' ? 'open' : 'void',
    changes: [
      { text: formatSignedMoney(locale, sign * cash.amountMinor, cash.currency) },
      ...(conversion ? [{ text: formatSignedMoney(locale, conversion.amountMinor, conversion.currency) }] : []),
    ],
  };
}

/** What was set aside left the available cash, and what was given back came to it again. */
function subscriptionItem(locale: Locale, movement: SubscriptionMovement, { t }: Texts): MovementItem {
  const units = formatUnits(locale, movement.units, movement.unitDecimals);
  const notes = [
    t('subscription-link', { number: String(movement.number) }),
    movement.journalId !== null && t('entry', { journal: String(movement.journalId) }),
  ].filter(Boolean);
  return {
    id: movement.key,
    what: t(`subscription.${movement.act}`, { units, offering: movement.offering.name[locale] }),
    href: localePath(locale, `/subscriptions/${movement.offering.slug}`),
    note: notes.join(between(locale)),
    when: formatInstant(locale, movement.placedAt),
    state: t(movement.open ? 'subscription-state.open' : 'subscription-state.done'),
    tone: movement.open ? 'open' : 'done',
    changes: [{ text: formatSignedMoney(locale, -movement.deltaMinor, movement.currency) }],
  };
}

function allotmentItem(locale: Locale, movement: AllotmentMovement, { t }: Texts): MovementItem {
  const units = formatUnits(locale, movement.units, movement.unitDecimals);
  const offering = movement.offering.name[locale];
  const refund = movement.purpose === 'REFUND';
  return {
    id: `allotment-${movement.offering.slug}`,
    what: refund ? t('allotment-refund', { offering }) : t('allotment', { units, offering }),
    href: localePath(locale, `/subscriptions/${movement.offering.slug}`),
    note: [
      movement.costMinor > 0n &&
        t('allotment-paid', { paid: formatMoney(locale, movement.costMinor, movement.currency) }),
      movement.journalId !== null && t('entry', { journal: String(movement.journalId) }),
    ]
      .filter(Boolean)
      .join(between(locale)),
    when: formatInstant(locale, movement.placedAt),
    state: t('subscription-state.done'),
    tone: 'done',
    changes: [
      { text: formatSignedMoney(locale, movement.refundMinor, movement.currency) },
      ...(movement.units > 0n ? [{ text: `+${units}` }] : []),
    ],
  };
}

function saleRefundItem(locale: Locale, movement: SaleRefundMovement, { t }: Texts): MovementItem {
  const units = formatUnits(locale, movement.units, movement.unitDecimals);
  return {
    id: `refund-${movement.offering.slug}`,
    what: t('sale-refund', { units, offering: movement.offering.name[locale] }),
    href: localePath(locale, `/offerings/${movement.offering.slug}`),
    note: movement.journalId === null ? '' : t('entry', { journal: String(movement.journalId) }),
    when: formatInstant(locale, movement.placedAt),
    state: t('subscription-state.done'),
    tone: 'done',
    changes: [
      { text: formatSignedMoney(locale, movement.refundMinor, movement.currency) },
      { text: formatSignedUnits(locale, -movement.units, movement.unitDecimals) },
    ],
  };
}
