import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { MovementList } from '@/components/finance/movement-list';
import { Section } from '@/components/ui/section';
import type { OverviewPage } from '@/db/queries/investor-pages';
import type { Position } from '@/db/queries/positions';
import { formatDate, formatPrice } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';
import { movementItems } from '../movement-items';

/** What changed: what was written and not read yet, the newest price of what is held, and the newest movements. */
export async function Changed({ locale, page }: { locale: Locale; page: OverviewPage }) {
  const t = await getTranslations('overview.changed');
  const priced = page.positions.filter((position) => position.units > 0n && position.nav);
  const lines = await Promise.all(priced.map((position) => priceLine(locale, position)));
  if (lines.length === 0 && page.recent.length === 0 && page.unread === 0) return null;
  const notices = await getTranslations('notices');
  return (
    <Section id="changed" title={t('title')}>
      {page.unread > 0 && (
        <p className="font-700">
          <Link href={localePath(locale, '/activity/notices')}>{notices('unread-count', { count: page.unread })}</Link>
        </p>
      )}
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {page.recent.length > 0 && <MovementList label={t('title')} items={await movementItems(locale, page.recent)} />}
      <p>
        <Link href={localePath(locale, '/activity')}>{t('all')}</Link>
      </p>
    </Section>
  );
}

async function priceLine(locale: Locale, { unitClass, nav, previousNav }: Position): Promise<string> {
  const t = await getTranslations('overview.changed');
  if (!nav) return '';
  const price = (value: bigint) => formatPrice(locale, value, unitClass.currency, unitClass.priceDecimals);
  const shown = { price: price(nav.price), date: formatDate(locale, nav.date), name: unitClass.name[locale] };
  if (!previousNav) return t('price-first', shown);
  const rise = nav.price - previousNav.price;
  return t(rise > 0n ? 'price-up' : rise < 0n ? 'price-down' : 'price-even', {
    ...shown,
    change: price(rise < 0n ? -rise : rise),
    before: formatDate(locale, previousNav.date),
  });
}
