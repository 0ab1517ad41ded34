import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Deadline } from '@/components/finance/deadline';
import { skippedText } from '@/components/finance/skipped-days';
import type { DealingTicket } from '@/db/queries/investor-pages';
import { instantOf } from '@/lib/domain/offerings/local-time';
import { formatDay } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import { timesNow } from './ticket';

type Item = { term: ReactNode; value: ReactNode; note?: ReactNode };

/** Which cut-off, which dealing day, and why days before it are skipped; when it is settled, or for a redemption paid. Instants in both zones. */
export async function dateItems(locale: Locale, ticket: DealingTicket, side: 'BUY' | 'SELL'): Promise<Item[]> {
  const t = await getTranslations('deal.dates');
  const times = timesNow(ticket);
  const { timeZone, country, settlementDays } = ticket.unitClass;
  const skipped = await Promise.all(times.skipped.map((day) => skippedText(locale, day)));
  const moved = side === 'BUY' ? times.settlementDate : times.payoutDate;
  const from = instantOf(`${moved}T00:00`, timeZone);
  return [
    {
      term: t('cut-off'),
      value: <Deadline locale={locale} at={times.cutOffAt} />,
      note: t('cut-off-note'),
    },
    {
      term: t('dealing'),
      value: formatDay(locale, times.dealingDate),
      note: (
        <>
          <p>{t('dealing-note')}</p>
          {skipped.length > 0 && (
            <>
              <p className="mt-1">{t('skipped')}</p>
              <ul className="list-disc pl-6">
                {skipped.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </>
          )}
        </>
      ),
    },
    {
      term: t(side === 'BUY' ? 'settlement' : 'payout'),
      value: formatDay(locale, moved),
      note: (
        <>
          <p>{t(side === 'BUY' ? `settlement-note-${country}` : `payout-note-${country}`, { days: settlementDays })}</p>
          {from && (
            <p>
              <Deadline locale={locale} before={t('from')} at={from} />
            </p>
          )}
        </>
      ),
    },
  ];
}
