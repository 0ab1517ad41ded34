import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Disclosure } from '@/components/ui/disclosure';
import { Facts } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { Section } from '@/components/ui/section';
import type { DealingOrderDetails } from '@/db/queries/investor-pages';
import { CURRENCY_DECIMALS } from '@/lib/domain/money/currency';
import type { PlanLapse } from '@/lib/domain/states';
import {
  decimalString,
  formatDay,
  formatDeadline,
  formatInstant,
  formatMoney,
  formatPercentE4,
  formatPrice,
  formatUnits,
} from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';
import { dealPath, TICKET_KINDS, type TypedDealing } from '../../deal/[class]/typed';
import { cancelOrder } from './actions';
import { dealtDays, finalDate, isCancellable, isDeferred, nextDealingDay, sideOf } from './at-nav';
import { NavDeals } from './nav-deals';
import { NavSteps } from './nav-steps';
import { SwitchedOn } from './switched-on';

export type NavOrderProps = { locale: Locale; order: DealingOrderDetails };

/** An order at NAV: where it stands and what comes next, its steps, what was asked and what it came to. Right after the order it is the confirmation. */
export async function NavOrder({ locale, order, just }: NavOrderProps & { just?: 'placed' | 'cancelled' | undefined }) {
  const t = await getTranslations('tracker');
  const orders = await getTranslations('order');
  const number = String(order.number);
  // The address stays when the page is loaded again: past the cut-off, what the confirmation says of amending would no longer be true.
  const holds = just === 'placed' ? isCancellable(order) : order.state === 'CANCELLED';
  const title = just && holds ? t(`${just}-title`) : undefined;
  return (
    <>
      <PageHeading
        kicker={<Link href={localePath(locale, '/activity')}>{orders('next.activity')}</Link>}
        title={title ?? orders('title', { number })}
        lead={order.unitClass.name[locale]}
      />
      {title && just === 'placed' ? (
        <Callout tone="good" title={t('placed', { number })}>
          <p>
            {t(order.switching ? 'placed-note-switch' : 'placed-note', {
              day: formatDay(locale, nextDealingDay(order)),
            })}
          </p>
          <div className="pt-2">
            <LinkButton href={localePath(locale, '/overview')}>{t('placed-next')}</LinkButton>
          </div>
        </Callout>
      ) : (
        <Now locale={locale} order={order} />
      )}
      {order.acceptedFor !== order.dealingDate && <Moved locale={locale} order={order} />}
      <div className="grid gap-12">
        <NavSteps locale={locale} order={order} />
        {dealtDays(order).length > 0 && <NavDeals locale={locale} order={order} />}
        {order.switching && order.switching.parts.length > 0 && (
          <SwitchedOn locale={locale} order={order} switching={order.switching} />
        )}
        <Asked locale={locale} order={order} />
        {isCancellable(order) && <Change locale={locale} order={order} />}
      </div>
    </>
  );
}

/** What was asked for, as the ticket takes it. */
function typedAgain({ key, kind, asked, unitClass }: DealingOrderDetails): TypedDealing {
  const amount = kind === 'BUY_AMOUNT' ? decimalString(asked, CURRENCY_DECIMALS[unitClass.currency]) : '';
  const units = kind === 'BUY_UNITS' || kind === 'SELL_UNITS' ? decimalString(asked, unitClass.unitDecimals) : '';
  return { kind: TICKET_KINDS.find((one) => one === kind) ?? 'BUY_AMOUNT', amount, units, change: key };
}

/** What waits for what, and until when. */
async function Now({ locale, order }: NavOrderProps) {
  const t = await getTranslations('tracker.now');
  const { state, heldSince, cutOffAt, unitClass } = order;
  const side = sideOf(order);
  const day = formatDay(locale, nextDealingDay(order));
  if (isCancellable(order)) {
    return <Callout title={t('ACCEPTED')}>{t('ACCEPTED-note', { at: formatDeadline(locale, cutOffAt) })}</Callout>;
  }
  if (isDeferred(order)) {
    return (
      <Callout tone="notice" title={t(dealtDays(order).length > 0 ? 'deferred' : 'deferred-all')}>
        <p>
          {t('deferred-note', {
            // As it was on the day that divided the order; it may have been changed since.
            gate: formatPercentE4(locale, BigInt(order.days.at(-1)?.gateE4 ?? 0), 0),
            units: formatUnits(locale, order.reservedUnits, unitClass.unitDecimals),
            day,
          })}
        </p>
        {heldSince && <p>{t('held-note', { since: formatInstant(locale, heldSince) })}</p>}
      </Callout>
    );
  }
  if (order.planLapse) return <PlanLapsed locale={locale} order={order} lapse={order.planLapse} />;
  switch (state) {
    case 'PRICED':
      return <Callout title={t('PRICED')}>{t(`PRICED-${side}`, { day: formatDay(locale, finalDate(order)) })}</Callout>;
    case 'SETTLED':
      return (
        <Callout tone="good" title={t('SETTLED')}>
          {t(`SETTLED-${side}`)}
        </Callout>
      );
    case 'CANCELLED':
      if (order.replacedBy) return <Replaced locale={locale} by={order.replacedBy} />;
      return (
        <Callout tone="notice" title={t('CANCELLED')}>
          {t('CANCELLED-note')}
        </Callout>
      );
    case 'LAPSED':
      return (
        <Callout tone="notice" title={t('LAPSED')}>
          {t('LAPSED-note')}
        </Callout>
      );
    default:
      return heldSince ? (
        <Callout tone="notice" title={t('held')}>
          {t('held-note', { since: formatInstant(locale, heldSince) })}
        </Callout>
      ) : (
        <Callout title={t('pricing')}>{t('pricing-note', { day })}</Callout>
      );
  }
}

/** Both sides have closed the day that it was accepted for: which it deals on now, and why. */
async function Moved({ locale, order }: NavOrderProps) {
  const t = await getTranslations('tracker.now');
  const words = await getTranslations('calendar.changes');
  const day = (date: string) => formatDay(locale, date);
  // Of a day that was closed, opened and closed again the newest counts.
  const reasons = order.changes.filter(
    ({ change, ...one }, index, all) =>
      change === 'ADD' && all.findIndex((other) => other.day === one.day && other.country === one.country) === index,
  );
  return (
    <Callout tone="notice" title={t('moved', { day: day(order.dealingDate) })}>
      <p>{t('moved-note', { day: day(order.acceptedFor) })}</p>
      {reasons.map(({ number, country, name, reason, ...one }) => (
        <p key={number}>
          {words('ADD', { day: day(one.day), country, name: name[locale] })} {reason[locale]}
        </p>
      ))}
      <p>
        <Link href={localePath(locale, '/calendar#changes')}>{t('moved-calendar')}</Link>
      </p>
    </Callout>
  );
}

/** A plan's month lapses before anything is set aside; the plan itself says what to do. */
async function PlanLapsed({ locale, order, lapse }: NavOrderProps & { lapse: PlanLapse }) {
  const t = await getTranslations('tracker.now');
  const plans = await getTranslations('plans');
  const available = formatMoney(locale, order.planAvailableMinor ?? 0n, order.unitClass.currency);
  return (
    <Callout tone="notice" title={t('LAPSED')}>
      <p>{plans(`lapse.${lapse}`, { available })}</p>
      <p>{t('LAPSED-plan')}</p>
    </Callout>
  );
}

async function Replaced({ locale, by }: { locale: Locale; by: { key: string; number: bigint } }) {
  const t = await getTranslations('tracker.now');
  return (
    <Callout tone="notice" title={t('replaced')}>
      <p>
        <Link href={localePath(locale, `/orders/${by.key}`)}>{t('replaced-by', { number: String(by.number) })}</Link>
      </p>
    </Callout>
  );
}

async function Asked({ locale, order }: NavOrderProps) {
  const t = await getTranslations('tracker');
  const orders = await getTranslations('order');
  const { kind, asked, unitClass, estimatePrice } = order;
  const { currency, unitDecimals, priceDecimals } = unitClass;
  const units = (parts: bigint) => formatUnits(locale, parts, unitDecimals);
  const money = (minor: bigint) => formatMoney(locale, minor, currency);
  const waits = order.reservedMinor > 0n ? money(order.reservedMinor) : units(order.reservedUnits);
  return (
    <Section id="facts" title={t('facts.title')}>
      <Facts
        items={[
          { term: t('facts.number'), value: <strong className="figures">{String(order.number)}</strong> },
          { term: t('facts.state'), value: <strong>{orders(`state.${order.state}`)}</strong> },
          {
            term: t('facts.kind'),
            value: t(`kind.${kind}`),
            note: order.byPlan ? (
              <Link href={localePath(locale, `/plans/${unitClass.code.toLowerCase()}`)}>{t('facts.by-plan')}</Link>
            ) : (
              order.bySwitch && (
                <Link href={localePath(locale, `/orders/${order.bySwitch.key}`)}>
                  {t('facts.by-switch', { number: String(order.bySwitch.number) })}
                </Link>
              )
            ),
          },
          ...(order.switching ? [{ term: t('facts.into'), value: order.switching.into.name[locale] }] : []),
          ...(order.replaces
            ? [
                {
                  term: t('facts.replaces'),
                  value: (
                    <Link href={localePath(locale, `/orders/${order.replaces.key}`)}>
                      {orders('title', { number: String(order.replaces.number) })}
                    </Link>
                  ),
                },
              ]
            : []),
          {
            term: t('facts.asked'),
            value: kind === 'SELL_ALL' ? t('facts.asked-all') : kind === 'BUY_AMOUNT' ? money(asked) : units(asked),
          },
          ...(order.reservedMinor + order.reservedUnits > 0n ? [{ term: t('facts.reserved'), value: waits }] : []),
          {
            term: t('facts.class'),
            value: (
              <Link href={localePath(locale, `/holdings/${unitClass.code.toLowerCase()}`)}>
                {unitClass.name[locale]}
              </Link>
            ),
          },
          ...(estimatePrice === null
            ? []
            : [
                {
                  term: t('facts.estimate'),
                  value: formatPrice(locale, estimatePrice, currency, priceDecimals),
                  note: t('facts.estimate-note'),
                },
              ]),
        ]}
      />
    </Section>
  );
}

/** Amending leads to the ticket; cancelling is behind a disclosure, so that it takes two deliberate steps, with or without a script. */
async function Change({ locale, order }: NavOrderProps) {
  const t = await getTranslations('tracker.cancel');
  const common = await getTranslations('common');
  const { key, status, reservedMinor, reservedUnits, switching, unitClass } = order;
  if (status === 'FROZEN') {
    return (
      <Section id="cancel" title={t(order.switching ? 'title-switch' : 'title')}>
        <p>{t('frozen')}</p>
      </Section>
    );
  }
  return (
    <Section id="cancel" title={t(order.switching ? 'title-switch' : 'title')}>
      {/* A switch is cancelled and placed anew. */}
      {!switching && (
        <div>
          <LinkButton look="secondary" href={dealPath(locale, unitClass.code.toLowerCase(), '', typedAgain(order))}>
            {t('amend')}
          </LinkButton>
        </div>
      )}
      <Disclosure summary={t('summary')}>
        <p>
          {reservedMinor > 0n
            ? t('note-cash', { amount: formatMoney(locale, reservedMinor, unitClass.currency) })
            : t('note-units', { units: formatUnits(locale, reservedUnits, unitClass.unitDecimals) })}
        </p>
        <ActionForm action={cancelOrder} locale={locale} summaryTitle={common('form.summary')}>
          <HiddenFields values={{ order: key, key: crypto.randomUUID() }} />
          <div>
            <Button look="secondary">{t('confirm')}</Button>
          </div>
        </ActionForm>
      </Disclosure>
    </Section>
  );
}
