import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import type { DealingTicket } from '@/db/queries/investor-pages';
import { addDays, isDealingDay } from '@/lib/domain/calendar/dealing-days';
import { cutOffAt } from '@/lib/domain/calendar/dealing-times';
import { calendarOf } from '@/lib/domain/calendar/holidays';
import type { DealingRefusal } from '@/lib/domain/dealing/decide';
import { formatDay, formatDeadline } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';
import { refusalText } from '@/lib/i18n/refusal';
import { addCashPath } from '../../against';
import { pathOf } from '../../overview/waits';
import { nameOf } from './ticket';
import { sideOf, type TypedDealing } from './typed';

type Props = {
  locale: Locale;
  ticket: DealingTicket;
  typed: TypedDealing;
  back: string;
  code: DealingRefusal;
  /** The order was just sent: it is said that nothing was placed. */
  refused?: boolean;
};

/** From when orders for a first dealing day are taken: the cut-off of the dealing day before it has passed. */
function takenFrom({ unitClass, holidays }: DealingTicket, first: string): Date {
  const calendar = calendarOf(holidays);
  let day = addDays(first, -1);
  while (!isDealingDay(day, calendar)) day = addDays(day, -1);
  return cutOffAt(day, unitClass);
}

/** What stands against any order of this person here, whatever is typed, and where to go from here. */
export async function Stop({ locale, ticket, typed, back, code, refused }: Props) {
  const t = await getTranslations('deal.stop');
  const review = await getTranslations('deal.review');
  const waits = await getTranslations('overview.waits');
  const { reader, unitClass } = ticket;
  const { dealingFrom } = unitClass;
  const { statusReason } = reader;
  const [title, note, path, go] = await (async (): Promise<[string, string, `/${string}`, string]> => {
    switch (code) {
      case 'order.dealing-not-open':
        return dealingFrom
          ? [
              t('not-yet', { day: formatDay(locale, dealingFrom) }),
              t('not-yet-note', { from: formatDeadline(locale, takenFrom(ticket, dealingFrom)) }),
              '/offerings',
              t('offerings'),
            ]
          : [t('not-announced'), t('not-announced-note'), '/offerings', t('offerings')];
      case 'order.not-eligible':
        return statusReason === 'all-met'
          ? [t('not-eligible'), '', '/overview', t('overview')]
          : [t('not-eligible'), waits(`${statusReason}.body`), pathOf(statusReason), waits(`${statusReason}.go`)];
      case 'order.suitability-expired':
        return [t('not-eligible'), await refusalText(locale, { code }), '/suitability', t('suitability')];
      case 'order.other-country':
        return [
          t('other-country', { country: t(unitClass.country) }),
          t('other-country-note'),
          `/deal/${unitClass.country === 'US' ? 'jp' : 'us'}`,
          t('other-class'),
        ];
      case 'order.insufficient-units':
        return reader.heldUnits > 0n
          ? [t('all-set-aside'), t('all-set-aside-note'), '/activity', t('activity')]
          : [t('no-units'), t('no-units-note'), dealPathOf(ticket), t('buy')];
      case 'order.insufficient-cash':
        return [t('no-cash'), t('no-cash-note'), addCashPath(unitClass.currency, back), t('add-cash')];
      default:
        return [await refusalText(locale, { code }), '', '/overview', t('overview')];
    }
  })();
  const form = code === 'order.insufficient-cash' && sideOf(typed.kind) === 'BUY';
  return (
    <Callout tone="notice" title={title}>
      {note && <p>{note}</p>}
      {refused && <p>{review('refused')}</p>}
      <div>
        <LinkButton look={form ? 'secondary' : 'primary'} href={localePath(locale, path)}>
          {go}
        </LinkButton>
      </div>
    </Callout>
  );
}

const dealPathOf = (ticket: DealingTicket) => `/deal/${nameOf(ticket)}` as const;
