import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { Facts } from '@/components/ui/facts';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { Section } from '@/components/ui/section';
import type { SubscriptionPage } from '@/db/queries/investor-pages';
import type { SubscriptionView } from '@/db/queries/subscriptions';
import { withdrawableUntil } from '@/lib/domain/subscriptions/decide';
import { ticketPath } from '@/lib/endpoints/typed-order';
import { decimalString, formatInstant, formatMoney, formatPrice, formatUnits } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import { withdraw } from './actions';

/** The subscriptions that stand, each with what can be done about it now; withdrawn ones are in the list of acts alone. */
export async function Standing({ locale, page }: { locale: Locale; page: SubscriptionPage }) {
  const t = await getTranslations('subscription.standing');
  const active = page.subscriptions.filter(({ state }) => state === 'ACTIVE');
  return (
    <Section id="standing" title={t('title')}>
      {active.length === 0 && <p>{t('none')}</p>}
      {active.map((subscription) => (
        <One key={subscription.key} locale={locale} page={page} subscription={subscription} />
      ))}
    </Section>
  );
}

async function One({
  locale,
  page: { offering, draw, allotment, frozen },
  subscription,
}: {
  locale: Locale;
  page: SubscriptionPage;
  subscription: SubscriptionView;
}) {
  const t = await getTranslations('subscription.standing');
  const { currency, unitDecimals, priceDecimals, quoteUnits, readAt } = offering;
  const open = offering.phase === 'OPEN';
  const withdrawable = !draw && offering.phase !== 'CANCELLED' && readAt < withdrawableUntil(offering);
  const change = { kind: 'BUY_UNITS', amount: '', units: decimalString(subscription.units, unitDecimals) } as const;
  return (
    <article aria-label={t('number', { number: String(subscription.number) })} className="grid gap-4">
      <h3 className="font-700">{t('number', { number: String(subscription.number) })}</h3>
      <Facts
        items={[
          { term: t('units'), value: formatUnits(locale, subscription.units, unitDecimals), figure: true },
          {
            term: t(allotment?.booked ? 'was-reserved' : 'reserved'),
            value: formatMoney(locale, subscription.reservedMinor, currency),
            figure: true,
          },
          {
            term: t('price'),
            value: `${formatPrice(locale, subscription.price, currency, priceDecimals)} / ${formatUnits(locale, quoteUnits, unitDecimals)}`,
            figure: true,
          },
          { term: t('placed'), value: formatInstant(locale, subscription.placedAt) },
        ]}
      />
      {(open || withdrawable) && frozen && <p>{t('frozen')}</p>}
      {open && !frozen && (
        <div>
          <LinkButton
            look="secondary"
            href={ticketPath(locale, offering.slug, '', { ...change, change: subscription.key })}
          >
            {t('change')}
          </LinkButton>
        </div>
      )}
      {withdrawable && !frozen && (
        <Withdraw locale={locale} slug={offering.slug} subscription={subscription} currency={currency} />
      )}
    </article>
  );
}

/** Behind a disclosure, so that it takes two deliberate steps, with or without a script. */
async function Withdraw({
  locale,
  slug,
  subscription,
  currency,
}: {
  locale: Locale;
  slug: string;
  subscription: SubscriptionView;
  currency: 'USD' | 'JPY';
}) {
  const t = await getTranslations('subscription.standing');
  const common = await getTranslations('common');
  return (
    <Disclosure summary={t('withdraw')}>
      <p>{t('withdraw-note', { amount: formatMoney(locale, subscription.reservedMinor, currency) })}</p>
      <ActionForm action={withdraw} locale={locale} summaryTitle={common('form.summary')}>
        <HiddenFields values={{ slug, subscription: subscription.key, key: crypto.randomUUID() }} />
        <div>
          <Button look="secondary">{t('withdraw-confirm')}</Button>
        </div>
      </ActionForm>
    </Disclosure>
  );
}
