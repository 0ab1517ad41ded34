import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { amountForUnits } from '@/lib/domain/orders/pricing';
import { formatDeadline, formatMoney, formatUnits } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';
import { addCashPath } from '../../against';
import { pathOf } from '../../overview/waits';
import { leastUnits, type Ticket, wordsOf } from './ticket';

export type Trouble = {
  reason: 'not-eligible' | 'other-country' | 'not-open' | 'closed' | 'sold-out' | 'limit' | 'no-cash';
  /** Nothing that is typed can help. */
  final: boolean;
};

/** What stands against any order of this person here, before an amount is known; the order itself is decided by the service. */
export function whyNot({ offering, buyer }: Ticket): Trouble | undefined {
  const final = (reason: Trouble['reason']): Trouble => ({ reason, final: true });
  if (buyer.status !== 'ELIGIBLE') return final('not-eligible');
  if (buyer.country !== offering.country) return final('other-country');
  if (offering.phase === 'UPCOMING') return final('not-open');
  if (offering.phase !== 'OPEN') return final('closed');
  if (offering.method === 'FIRST_COME' && offering.remainingUnits === 0n) return final('sold-out');
  if (buyer.boughtUnits + offering.lotUnits > offering.maxUnits) return final('limit');
  const least = amountForUnits(leastUnits(offering), offering.price, offering);
  return buyer.availableMinor < least ? { reason: 'no-cash', final: false } : undefined;
}

type StopProps = {
  locale: Locale;
  ticket: Ticket;
  /** The page to come back to. */
  back: string;
  /** The order was just sent: it is said that nothing was placed. */
  refused?: boolean;
};

/** What stands against any order of this person here, and where to go from here. */
export async function Stop({ locale, ticket, trouble, back, refused }: StopProps & { trouble: Trouble }) {
  const t = await getTranslations('buy');
  const waits = await getTranslations('overview');
  const { offering, buyer } = ticket;
  const { currency, unitDecimals, country } = offering;
  const { reason } = trouble;
  const w = wordsOf({ offering });
  const window = { opens: formatDeadline(locale, offering.opensAt), closes: formatDeadline(locale, offering.closesAt) };
  const notes: Record<Trouble['reason'], string> = {
    'not-eligible': buyer.statusReason === 'all-met' ? '' : waits(`waits.${buyer.statusReason}.body`),
    'other-country': t('stop.other-country-note'),
    'not-open': t(`${w}stop.not-open-note`, window),
    closed: t('stop.closed-note', window),
    'sold-out': t('stop.sold-out-note'),
    limit: t(`${w}stop.limit-note`, {
      maximum: formatUnits(locale, offering.maxUnits, unitDecimals),
    }),
    'no-cash': t(`${w}stop.no-cash-note`, {
      minimum: formatMoney(locale, amountForUnits(leastUnits(offering), offering.price, offering), currency),
      available: formatMoney(locale, buyer.availableMinor, currency),
    }),
  };
  const titles: Record<Trouble['reason'], string> = {
    'not-eligible': t(`${w}stop.not-eligible`),
    'other-country': t('stop.other-country', { country: t(`stop.${country}`) }),
    'not-open': t('stop.not-open'),
    closed: t('stop.closed'),
    'sold-out': t('stop.sold-out'),
    limit: t(`${w}stop.limit`),
    'no-cash': t(`${w}stop.no-cash`),
  };
  const onward = {
    'not-eligible':
      buyer.statusReason === 'all-met'
        ? ['/overview', t('stop.overview')]
        : [pathOf(buyer.statusReason), waits(`waits.${buyer.statusReason}.go`)],
    'no-cash': [addCashPath(currency, back), t('stop.add-cash')],
  } as Record<string, [`/${string}`, string]>;
  const [path, label] = onward[reason] ?? ['/offerings', t('stop.others')];
  return (
    <Callout tone="notice" title={titles[reason]}>
      <p>{notes[reason]}</p>
      {refused && <p>{t('review.refused')}</p>}
      <div>
        <LinkButton look={trouble.final ? 'primary' : 'secondary'} href={localePath(locale, path)}>
          {label}
        </LinkButton>
      </div>
    </Callout>
  );
}
