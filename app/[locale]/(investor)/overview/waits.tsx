import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import type { OverviewPage } from '@/db/queries/investor-pages';
import type { InvestorSession } from '@/lib/auth/session';
import { type EligibilityReason, NEXT_STEP } from '@/lib/domain/people/eligibility';
import { formatDay, formatInstant, formatMoney, formatUnits, sentences } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';

/** Where the next step is taken. What a person may appeal, or has to wait for, is explained on the page of their eligibility. */
export function pathOf(reason: Exclude<EligibilityReason, 'all-met'>): `/${string}` {
  if (reason === 'identity-missing' || reason === 'identity-recheck') return '/identity';
  return NEXT_STEP[reason] === 'suitability' && reason !== 'suitability-not-suitable' ? '/suitability' : '/eligibility';
}

/** The one thing that waits for this person, with the one primary button of the page; where nothing does, no button stands out. */
export async function Waits({
  locale,
  session,
  page,
}: {
  locale: Locale;
  session: InvestorSession;
  page: OverviewPage;
}) {
  const t = await getTranslations('overview.waits');
  const reason = session.statusReason;
  if (reason !== 'all-met') {
    const refused = session.status === 'INELIGIBLE' || session.status === 'FROZEN';
    return (
      <Waiting
        tone={refused ? 'danger' : 'notice'}
        title={t(`${reason}.title`)}
        body={t(`${reason}.body`)}
        extra={page.reviewDueAt && t('until', { until: formatInstant(locale, page.reviewDueAt) })}
        path={localePath(locale, pathOf(reason))}
        go={t(`${reason}.go`)}
      />
    );
  }
  const subscribed = page.waiting.filter((movement) => movement.type === 'SUBSCRIPTION');
  const outdated = subscribed.filter((movement) => movement.outdated);
  const first = outdated[0] ?? subscribed[0];
  if (first) {
    return (
      <Waiting
        tone={outdated.length > 0 ? 'notice' : 'info'}
        title={t(outdated.length > 0 ? 'wait-version' : 'wait-subscription')}
        body={sentences(
          locale,
          ...subscribed.map(({ units, unitDecimals, offering }) =>
            t('subscription', { units: formatUnits(locale, units, unitDecimals), offering: offering.name[locale] }),
          ),
        )}
        extra={sentences(
          locale,
          ...outdated.map(({ offering }) => t('subscription-changed', { offering: offering.name[locale] })),
        )}
        path={localePath(locale, `/subscriptions/${first.offering.slug}`)}
        go={t('see-subscription')}
      />
    );
  }
  const [plan] = page.plans;
  if (plan) {
    const shown = { class: plan.unitClass.name[locale], count: plan.lapses };
    return (
      <Waiting
        tone="notice"
        title={t(plan.state === 'PAUSED' ? 'plan-paused' : 'plan-lapsed')}
        body={t(plan.state === 'PAUSED' ? 'plan-paused-note' : 'plan-lapsed-note', shown)}
        path={localePath(locale, `/plans/${plan.unitClass.code.toLowerCase()}`)}
        go={t('see-plan')}
      />
    );
  }
  const [order] = page.waiting.filter((movement) => movement.type === 'DEALING');
  if (order) {
    const shown = { number: String(order.number), class: order.className[locale] };
    return (
      <Waiting
        tone="info"
        title={t('wait-order')}
        body={
          order.state === 'ACCEPTED'
            ? t('dealing', { ...shown, day: formatDay(locale, order.dealingDate) })
            : t(order.state === 'PRICED' ? 'dealing-priced' : 'dealing-deferred', shown)
        }
        path={localePath(locale, `/orders/${order.key}`)}
        go={t('see-order')}
        look="secondary"
      />
    );
  }
  const available = page.wallets.filter((wallet) => wallet.availableMinor > 0n);
  const holds = page.positions.some((position) => position.units > 0n);
  if (available.length === 0 && !holds) {
    return (
      <Waiting
        tone="info"
        title={t('no-cash.title')}
        body={t('no-cash.body')}
        path={localePath(locale, '/cash/deposit')}
        go={t('no-cash.go')}
      />
    );
  }
  const amounts = available.map((wallet) => formatMoney(locale, wallet.availableMinor, wallet.currency));
  const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(amounts);
  if (!holds) {
    return (
      <Waiting
        tone="info"
        title={t('no-units.title')}
        body={t('no-units.body', { available: list })}
        path={localePath(locale, '/offerings')}
        go={t('no-units.go')}
      />
    );
  }
  const withdrawals = page.waiting.filter((movement) => movement.type === 'CASH');
  return (
    <Waiting
      tone={withdrawals.length > 0 ? 'info' : 'good'}
      title={t(withdrawals.length > 0 ? 'wait-withdrawal' : 'nothing')}
      body={
        withdrawals.length > 0
          ? sentences(
              locale,
              ...withdrawals.map((w) => t('withdrawal', { amount: formatMoney(locale, w.amountMinor, w.currency) })),
            )
          : t('nothing-note')
      }
      path={localePath(locale, '/offerings')}
      go={t('see-offerings')}
      look="secondary"
    />
  );
}

function Waiting({
  tone,
  title,
  body,
  extra,
  path,
  go,
  look = 'primary',
}: {
  tone: 'info' | 'notice' | 'danger' | 'good';
  title: string;
  body: string;
  extra?: string | null;
  path: ReturnType<typeof localePath>;
  go: string;
  look?: 'primary' | 'secondary';
}) {
  return (
    <Callout tone={tone} title={title}>
      <p>{body}</p>
      {extra && <p className="font-700">{extra}</p>}
      <div className="pt-1">
        <LinkButton look={look} href={path}>
          {go}
        </LinkButton>
      </div>
    </Callout>
  );
}
