import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { CashAmounts } from '@/components/finance/cash-amounts';
import { MovementList } from '@/components/finance/movement-list';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { Section } from '@/components/ui/section';
import { getCashPage } from '@/db/queries/investor-pages';
import type { CashMovement } from '@/db/queries/movements';
import type { WalletLine } from '@/db/queries/wallets';
import { type InvestorSession, requireInvestor } from '@/lib/auth/session';
import { formatInstant, formatMoney } from '@/lib/i18n/format';
import { asLocale, type Locale, localePath } from '@/lib/i18n/locale';
import { ownCurrencyFirst } from '@/lib/i18n/own-first';
import { movementItems } from '../movement-items';
import { cancelWithdrawal } from './actions';
import { Done } from './done';
import { mayUseCash, mayWithdraw, NotAllowed } from './not-allowed';
import { pageToGoOn } from './typed-cash';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cash'))('title') };
}

const RECENT = 10;

/** What each wallet holds, what is on its way, and what this person can do with cash. */
export default async function CashPage({ params, searchParams }: PageProps<'/[locale]/cash'>) {
  const session = await requireInvestor();
  const { investorId } = session;
  const locale = asLocale((await params).locale);
  const search = await searchParams;
  const { done } = search;
  const next = typeof done === 'string' ? pageToGoOn(locale, search.next) : '';
  const t = await getTranslations('cash');
  const { wallets, pending, movements } = await getCashPage(investorId, RECENT);
  // Whoever has just added cash goes on to buy; adding more is not the next step.
  const hasAdded = movements.some((moved) => moved.type === 'CASH' && moved.kind === 'DEPOSIT' && moved.key === done);
  return (
    <>
      {typeof done === 'string' && <Done locale={locale} investorId={investorId} cashKey={done} next={next} />}
      <PageHeading title={t('title')} lead={t('lead')} />
      <section className="grid gap-4">
        <h2 className="sr-only">{t('wallets.title')}</h2>
        <div className="grid gap-4 sm:grid-cols-2">
          {ownCurrencyFirst(locale, wallets).map((wallet) => (
            <CashAmounts
              key={wallet.currency}
              title={t(`wallets.${wallet.currency}`)}
              available={{
                label: t('wallets.available'),
                text: formatMoney(locale, wallet.availableMinor, wallet.currency),
              }}
              rows={[
                { label: t('wallets.reserved'), text: formatMoney(locale, wallet.reservedMinor, wallet.currency) },
                {
                  label: t('wallets.settled'),
                  text: formatMoney(locale, wallet.availableMinor + wallet.reservedMinor, wallet.currency),
                },
              ]}
            />
          ))}
        </div>
        <Acts {...{ locale, session, wallets }} calm={next !== '' || hasAdded} />
      </section>
      {pending.length > 0 && <Pending locale={locale} pending={pending} />}
      <Section id="movements" title={t('movements.title')}>
        {movements.length > 0 ? (
          <MovementList label={t('movements.title')} items={await movementItems(locale, movements)} />
        ) : (
          <p className="text-soft">{t(mayUseCash(session) ? 'movements.none' : 'movements.none-yet')}</p>
        )}
        <p>
          <Link href={localePath(locale, '/activity')}>{t('movements.all')}</Link>
        </p>
      </Section>
    </>
  );
}

type ActsProps = {
  locale: Locale;
  session: InvestorSession;
  wallets: WalletLine[];
  /** Something else on the page is the next step. */
  calm: boolean;
};

/** Who may not buy gets no button that leads to a refusal: what they can do instead is the one that stands out. */
async function Acts({ locale, session, wallets, calm }: ActsProps) {
  const t = await getTranslations('cash.acts');
  const allowed = mayUseCash(session);
  const takeOut = mayWithdraw(session) && (allowed || wallets.some(({ availableMinor }) => availableMinor > 0n));
  return (
    <>
      {!allowed && <NotAllowed locale={locale} session={session} what="deposit" />}
      <div className="flex flex-wrap gap-4 empty:hidden">
        {allowed && (
          <>
            <LinkButton look={calm ? 'secondary' : 'primary'} href={localePath(locale, '/cash/deposit')}>
              {t('deposit')}
            </LinkButton>
            <LinkButton look="secondary" href={localePath(locale, '/cash/convert')}>
              {t('convert')}
            </LinkButton>
          </>
        )}
        {takeOut && (
          <LinkButton look="secondary" href={localePath(locale, '/cash/withdraw')}>
            {t('withdraw')}
          </LinkButton>
        )}
      </div>
    </>
  );
}

async function Pending({ locale, pending }: { locale: Locale; pending: CashMovement[] }) {
  const t = await getTranslations('cash.pending');
  const common = await getTranslations('common');
  return (
    <Section id="pending" title={t('title')}>
      <p className="measure text-soft">{t('waiting')}</p>
      <ul className="divide-y divide-line border-y border-line">
        {pending.map((withdrawal) => {
          const amount = formatMoney(locale, withdrawal.amountMinor, withdrawal.currency);
          return (
            <li key={withdrawal.key} className="flex flex-wrap items-center justify-between gap-4 py-3">
              <p>{t('line', { amount, at: formatInstant(locale, withdrawal.placedAt) })}</p>
              <ActionForm action={cancelWithdrawal} locale={locale} summaryTitle={common('form.summary')}>
                <HiddenFields values={{ key: withdrawal.key }} />
                <Button look="secondary" aria-label={t('cancel-label', { amount })}>
                  {t('cancel')}
                </Button>
              </ActionForm>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
