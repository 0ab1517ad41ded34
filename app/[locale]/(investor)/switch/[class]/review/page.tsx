import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { PageHeading } from '@/components/ui/heading';
import { AgainstIt } from '@/components/ui/post-form';
import { getOwnDealingOrder } from '@/db/queries/investor-pages';
import { requireInvestor } from '@/lib/auth/session';
import { typedKey } from '@/lib/endpoints/typed-order';
import { between } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { Against } from '../../../against';
import { refusedFor } from '../../../deal/[class]/refused';
import { refusedCode } from '../../../deal/[class]/typed';
import { Instead } from '../../../instead';
import { SwitchStop } from '../stop';
import { loadSwitching, quoteSwitch, refusalOfAll } from '../switching';
import { switchPath, typedSwitch } from '../typed';
import { ReviewFacts } from './facts';
import { Confirm, OpenFirst } from './next-step';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/switch/[class]/review'>;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale, class: name } = await params;
  if (!(await loadSwitching(name, typedSwitch(await searchParams).to))) return missingMetadata(asLocale(locale));
  return { title: (await getTranslations('switch'))('review.title') };
}

/** Step 2 of a switch: what is given up, what it may come to, its days, the document, and the one button that places it. */
export default async function SwitchReviewPage({ params, searchParams }: Props) {
  const { investorId } = await requireInvestor();
  const { locale: segment, class: name } = await params;
  const locale = asLocale(segment);
  const search = await searchParams;
  const typed = typedSwitch(search);
  const key = typedKey(search);
  const t = await getTranslations('switch.review');
  const deal = await getTranslations('deal');
  if (!key) {
    const lost = { title: deal('review.lost'), note: deal('review.lost-note'), go: deal('review.lost-go') };
    return <Instead {...lost} href={switchPath(locale, name, '', typed)} />;
  }
  // Back, or once more: what this page has already become.
  const done = await getOwnDealingOrder(investorId, key);
  if (done) {
    const note = deal('review.done-note', { number: String(done.number) });
    const words = { title: deal('review.done'), note, go: deal('review.done-go') };
    return <Instead {...words} href={localePath(locale, `/orders/${key}`)} />;
  }
  const switching = await loadSwitching(name, typed.to);
  if (!switching) return <Missing locale={locale} />;
  const code = refusalOfAll(switching);
  const quote = code ? undefined : quoteSwitch(switching, typed);
  const told = refusedCode(search);
  const back = switchPath(locale, name, '/review', typed, { key });
  const next = { locale, switching, typed, orderKey: key, refused: await refusedFor(locale, told) };
  return (
    <>
      <PageHeading
        kicker={`${switching.from.unitClass.name[locale]}${between(locale)}${deal('step', { step: 2 })}`}
        title={t('title')}
        lead={deal('review.lead')}
      />
      {(code || quote?.ok === false) && (
        <AgainstIt refused={told !== undefined}>
          {code && <SwitchStop {...{ locale, switching, back, code }} refused={told !== undefined} />}
          {quote?.ok === false && (
            <Against
              {...{ locale, back, error: quote.error }}
              currency={switching.from.unitClass.currency}
              refused={told !== undefined && deal('review.refused')}
              change={{ href: switchPath(locale, name, '', typed), label: t('change') }}
            />
          )}
        </AgainstIt>
      )}
      {quote?.ok && (
        <div className="grid max-w-180 gap-8">
          <ReviewFacts {...{ locale, switching }} estimate={quote.value.estimate} />
          {switching.into.reader.openedAt ? <Confirm {...next} /> : <OpenFirst {...next} />}
        </div>
      )}
    </>
  );
}
