import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { Callout } from '@/components/ui/callout';
import { DeskHeading } from '@/components/ui/desk-heading';
import { Facts } from '@/components/ui/facts';
import { Written } from '@/components/ui/written';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { formatDate, formatInstant } from '@/lib/i18n/format';
import { asLocale, type Locale, localePath } from '@/lib/i18n/locale';
import { type SeenInvestorPage, viewInvestor } from '@/lib/services/view-investor';
import { classOf } from '@/lib/services/view-investors';
import { forStaff, staffMetadata } from '../../for-staff';
import { FreezeLink } from './freeze-link';
import { InvestorMoney } from './money';
import { InvestorPlans } from './plans';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/operator/investors/[id]'>;

const load = cache(async (id: string): Promise<SeenInvestorPage | null> => {
  const session = await requireSession(...DESK_PLACES.investors.roles);
  return /^[1-9][0-9]{0,17}$/.test(id) ? viewInvestor(session, BigInt(id)) : null;
});

async function metadata({ params }: Props): Promise<Metadata> {
  const { locale, id } = await params;
  if (!(await load(id))) return missingMetadata(asLocale(locale));
  return { title: (await getTranslations('desk'))('investor.title', { number: id }) };
}

/** One citizen: who they are, where they stand, what they hold and did. */
async function InvestorPage({ params }: Props) {
  const { locale: segment, id } = await params;
  const locale = asLocale(segment);
  const seen = await load(id);
  if (!seen) return <Missing locale={locale} />;
  const { facts, masked, events, appeal, plans, turns, ...money } = seen;
  const { role } = await requireSession(...DESK_PLACES.investors.roles);
  const t = await getTranslations('desk.investor');
  const status = await getTranslations('desk.investor-status');
  const states = await getTranslations('desk.identity-state');
  const reasons = await getTranslations('eligibility.reasons');
  const country = await getTranslations('desk.country');
  const place = [facts.postalCode, facts.region, facts.city, facts.street, facts.building].filter(
    (part) => part !== null,
  );
  const born = facts.birthDate && (masked ? facts.birthDate : formatDate(locale, facts.birthDate));
  const reason = facts.statusReason as Parameters<typeof reasons>[0];
  return (
    <>
      <DeskHeading
        kicker={<Link href={localePath(locale, DESK_PLACES.investors.path)}>{t('back')}</Link>}
        title={t('title', { number: id })}
        act={<FreezeLink locale={locale} role={role} investorId={id} isFrozen={facts.status === 'FROZEN'} />}
      />
      {masked && <Callout title={t('masked')} />}
      <div className="grid gap-x-12 gap-y-6 xl:grid-cols-2">
        <section className="grid content-start gap-2">
          <h2 className="font-700">{t('who')}</h2>
          <Facts
            items={[
              { term: t('name'), value: facts.name ? <Written>{facts.name}</Written> : t('none') },
              ...(facts.kana ? [{ term: t('kana'), value: <span lang="ja">{facts.kana}</span> }] : []),
              { term: t('email'), value: <span className="break-all">{facts.email}</span> },
              { term: t('born'), value: born ?? t('none') },
              {
                term: t('address'),
                value: place.length > 0 ? <Written>{place.join(' ')}</Written> : t('none'),
              },
              {
                term: t('residence'),
                value: facts.residence ? <CountryName locale={locale} code={facts.residence} /> : t('none'),
              },
              {
                term: t('nationality'),
                value: facts.nationality ? <CountryName locale={locale} code={facts.nationality} /> : t('none'),
              },
              { term: t('joined'), value: formatInstant(locale, facts.joinedAt) },
            ]}
          />
        </section>
        <section className="grid content-start gap-2">
          <h2 className="font-700">{t('standing')}</h2>
          <Facts
            items={[
              {
                term: t('status'),
                value: status(facts.status),
                note: reasons.has(reason) ? t('told', { reason: reasons(reason) }) : undefined,
              },
              { term: t('identity'), value: states(facts.identityState) },
              { term: t('class'), value: country(classOf(facts)) },
              {
                term: t('suitability'),
                value: facts.suitabilityExpiresAt ? formatInstant(locale, facts.suitabilityExpiresAt) : t('none'),
              },
              { term: t('appeal'), value: appeal ? formatInstant(locale, appeal.at) : t('none') },
            ]}
          />
          <History locale={locale} events={events} />
        </section>
      </div>
      <InvestorPlans locale={locale} plans={plans} turns={turns} />
      <InvestorMoney locale={locale} {...money} />
    </>
  );
}

/** How the identity check went. */
async function History({ locale, events }: { locale: Locale; events: SeenInvestorPage['events'] }) {
  const t = await getTranslations('desk.investor');
  const states = await getTranslations('desk.identity-state');
  return (
    <>
      <h3 className="mt-2 text-[0.875rem] text-soft">{t('history')}</h3>
      <ol className="grid gap-1 text-[0.875rem]">
        {events.map((event) => (
          <li key={event.sequence}>
            {t('event', { at: formatInstant(locale, event.at), state: states(event.state) })}
          </li>
        ))}
      </ol>
    </>
  );
}

function CountryName({ locale, code }: { locale: string; code: string }) {
  return new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code;
}

export const generateMetadata = staffMetadata(DESK_PLACES.investors.roles, metadata);
export default forStaff(DESK_PLACES.investors.roles, InvestorPage);
