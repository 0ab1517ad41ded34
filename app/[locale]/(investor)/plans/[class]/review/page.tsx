import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { Facts } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/heading';
import type { PlanPage } from '@/db/queries/plan-pages';
import { calendarOf } from '@/lib/domain/calendar/holidays';
import { nextTurn } from '@/lib/domain/dealing/plan';
import { parseAmount } from '@/lib/domain/money/parse';
import { typedKey } from '@/lib/endpoints/typed-order';
import { between, formatInstant, formatMoney } from '@/lib/i18n/format';
import { asLocale, type Locale } from '@/lib/i18n/locale';
import { Instead } from '../../../instead';
import { loadPlan, whyNot } from '../../load-plan';
import { turnItems } from '../../next-turn';
import { Stop } from '../../stop';
import { planPath, type TypedPlan, typedPlan } from '../../typed-plan';
import { NextStep } from './next-step';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/plans/[class]/review'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, class: code } = await params;
  if (!(await loadPlan(code))) return missingMetadata(asLocale(locale));
  return { title: (await getTranslations('plans'))('review.title') };
}

/** Step 2 of a plan: what it will do, the document, and the one button that sets it up. */
export default async function ReviewPlanPage({ params, searchParams }: Props) {
  const { locale: segment, class: code } = await params;
  const locale = asLocale(segment);
  const t = await getTranslations('plans');
  const page = await loadPlan(code);
  if (!page) return <Missing locale={locale} />;
  const search = await searchParams;
  const [typed, key] = [typedPlan(search), typedKey(search)];
  const amount = parseAmount(typed.amount, page.unitClass.currency);
  if (!key || !amount.ok)
    return (
      <Instead
        title={t('review.lost')}
        note={t('review.lost-note')}
        go={t('review.lost-go')}
        href={planPath(locale, code)}
      />
    );
  // Back, or once more, this page has become the plan that stands.
  const trouble = whyNot(page);
  return (
    <>
      <PageHeading
        kicker={`${page.unitClass.name[locale]}${between(locale)}${t('form.step', { step: 2 })}`}
        title={t('review.title')}
        lead={t('review.lead')}
      />
      {trouble ? (
        <Stop {...{ locale, page, trouble }} />
      ) : (
        <div className="grid max-w-180 gap-8">
          <Terms {...{ locale, page, typed }} amountMinor={amount.value} />
          <NextStep {...{ locale, page, typed }} planKey={key} />
        </div>
      )}
    </>
  );
}

type Shown = { locale: Locale; page: PlanPage; typed: TypedPlan; amountMinor: bigint };

/** In the order in which somebody asks: what I pay, what I get, at which price, when, … */
async function Terms({ locale, page, typed, amountMinor }: Shown) {
  const t = await getTranslations('plans');
  const { unitClass, reader, holidays, readAt } = page;
  const { prospectus, openedAt, openedIn } = reader;
  const dayOfMonth = Number(typed.day);
  const turn = nextTurn(dayOfMonth, null, readAt, unitClass, calendarOf(holidays));
  const [first, ...rest] = await turnItems({ locale, unitClass, turn, dayOfMonth });
  // What can be agreed to is the text that was opened, in whichever language.
  const read = openedIn.includes(locale) ? locale : (openedIn[0] ?? locale);
  return (
    <Facts
      items={[
        {
          term: t('review.pay'),
          value: <strong className="text-[1.5rem]">{formatMoney(locale, amountMinor, unitClass.currency)}</strong>,
          note: t('review.pay-note'),
        },
        {
          term: t('review.get'),
          value: t('review.get-value', { class: unitClass.name[locale] }),
          note: t('review.get-note'),
        },
        { term: t('review.price'), value: t('review.price-value'), note: t('review.price-note') },
        { term: t('review.fees'), value: t('review.fees-none') },
        { term: t('review.first'), value: first?.value },
        ...rest,
        {
          term: t('review.then'),
          value: t('review.then-value', { day: t('facts.day-value', { day: dayOfMonth }) }),
          note: t('form.day-hint'),
        },
        { term: t('review.stop'), value: t('review.stop-value') },
        {
          term: t('review.risks'),
          value: (
            <ul className="list-disc pl-6">
              {(['risk-price', 'risk-fx', 'risk-lapse'] as const).map((risk) => (
                <li key={risk}>{t(`review.${risk}`)}</li>
              ))}
            </ul>
          ),
        },
        {
          term: t('review.document'),
          value: (
            <span lang={read}>
              {t('review.document-value', { title: prospectus.title[read], version: prospectus.version })}
            </span>
          ),
          note: openedAt && t('review.document-opened', { at: formatInstant(locale, openedAt) }),
        },
      ]}
    />
  );
}
