import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { Callout } from '@/components/ui/callout';
import { PageHeading } from '@/components/ui/heading';
import { AgainstIt } from '@/components/ui/post-form';
import { getOwnDealingOrder } from '@/db/queries/investor-pages';
import { requireInvestor } from '@/lib/auth/session';
import { typedKey } from '@/lib/endpoints/typed-order';
import { between } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { Against } from '../../../against';
import { Instead } from '../../../instead';
import { refusedFor } from '../refused';
import { Stop } from '../stop';
import { loadDealing, quoteDealing, refusalOfAll } from '../ticket';
import { TooLate } from '../too-late';
import { dealPath, refusedCode, sideOf, typedDealing } from '../typed';
import { OrderFacts } from './facts';
import { Confirm, OpenFirst } from './next-step';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/deal/[class]/review'>;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale, class: name } = await params;
  if (!(await loadDealing(name))) return missingMetadata(asLocale(locale));
  const { change } = typedDealing(await searchParams);
  return { title: (await getTranslations('deal'))(change ? 'change.review-title' : 'review.title') };
}

/** Step 2 of an order at NAV: what it sets aside, what it may come to, its days, the document, and the one button that places it. */
export default async function DealReviewPage({ params, searchParams }: Props) {
  const { investorId } = await requireInvestor();
  const { locale: segment, class: name } = await params;
  const locale = asLocale(segment);
  const search = await searchParams;
  const typed = typedDealing(search);
  const key = typedKey(search);
  const t = await getTranslations('deal');
  if (!key) {
    const lost = { title: t('review.lost'), note: t('review.lost-note'), go: t('review.lost-go') };
    return <Instead {...lost} href={dealPath(locale, name, '', typed)} />;
  }
  // Back, or once more: what this page has already become.
  const done = await getOwnDealingOrder(investorId, key);
  if (done) {
    const note = t('review.done-note', { number: String(done.number) });
    return (
      <Instead
        {...{ title: t('review.done'), note, go: t('review.done-go') }}
        href={localePath(locale, `/orders/${key}`)}
      />
    );
  }
  const ticket = await loadDealing(name, typed.change);
  if (!ticket) return <Missing locale={locale} />;
  if (typed.change && !ticket.change) return <TooLate locale={locale} order={typed.change} />;
  const code = refusalOfAll(ticket, typed.kind);
  const quote = code ? undefined : quoteDealing(ticket, typed);
  const told = refusedCode(search);
  const back = dealPath(locale, name, '/review', typed, { key });
  const next = { locale, ticket, typed, orderKey: key, refused: await refusedFor(locale, told) };
  return (
    <>
      <PageHeading
        kicker={`${ticket.unitClass.name[locale]}${between(locale)}${t('step', { step: 2 })}`}
        title={t(ticket.change ? 'change.review-title' : 'review.title')}
        lead={t(ticket.change ? 'change.review-lead' : 'review.lead')}
      />
      {ticket.change && (
        <Callout title={t('change.replaces', { number: String(ticket.change.number) })}>
          {t('change.replaces-note', { number: String(ticket.change.number) })}
        </Callout>
      )}
      {(code || quote?.ok === false) && (
        // One box says what stands against it now; who comes from the button is told there that nothing was placed.
        <AgainstIt refused={told !== undefined}>
          {code && <Stop {...{ locale, ticket, typed, back, code }} refused={told !== undefined} />}
          {quote?.ok === false && (
            <Against
              {...{ locale, back, error: quote.error }}
              currency={ticket.unitClass.currency}
              refused={told !== undefined && t('review.refused')}
              change={{ href: dealPath(locale, name, '', typed), label: t('review.change') }}
            />
          )}
        </AgainstIt>
      )}
      {quote?.ok && (
        <div className="grid max-w-180 gap-8">
          <OrderFacts {...{ locale, ticket, typed }} quote={quote.value} />
          {sideOf(typed.kind) === 'SELL' || ticket.reader.openedAt ? <Confirm {...next} /> : <OpenFirst {...next} />}
        </div>
      )}
    </>
  );
}
