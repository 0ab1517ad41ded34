import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Facts } from '@/components/ui/facts';
import { Field, RadioField } from '@/components/ui/field';
import { PageHeading, SectionHeading } from '@/components/ui/heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { requireInvestor } from '@/lib/auth/session';
import type { TypedSwitch } from '@/lib/domain/dealing/asked';
import { formatDate, formatPrice, formatUnits } from '@/lib/i18n/format';
import { asLocale, type Locale, localePath } from '@/lib/i18n/locale';
import { ForwardPricing } from '../../deal/[class]/forward-pricing';
import { reviewSwitch } from './actions';
import { SwitchStop } from './stop';
import { loadSwitching, refusalOfAll, type Switching } from './switching';
import { switchPath, typedSwitch } from './typed';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/switch/[class]'>;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale: segment, class: name } = await params;
  const locale = asLocale(segment);
  const switching = await loadSwitching(name, typedSwitch(await searchParams).to);
  if (!switching) return missingMetadata(locale);
  return { title: (await getTranslations('switch'))('title', { from: switching.from.unitClass.name[locale] }) };
}

/** Step 1 of a switch: how many units, and into which class. It changes nothing; what was typed travels to the review in the address. */
export default async function SwitchPage({ params, searchParams }: Props) {
  await requireInvestor();
  const { locale: segment, class: name } = await params;
  const locale = asLocale(segment);
  const typed = typedSwitch(await searchParams);
  const switching = await loadSwitching(name, typed.to);
  if (!switching) return <Missing locale={locale} />;
  const t = await getTranslations('switch');
  const code = refusalOfAll(switching);
  const from = switching.from.unitClass.name[locale];
  return (
    <>
      <PageHeading
        kicker={<Link href={localePath(locale, `/holdings/${name}`)}>{from}</Link>}
        title={t('title', { from })}
        {...(code === null && { lead: t('lead') })}
      />
      {code ? (
        <SwitchStop {...{ locale, switching, code }} back={switchPath(locale, name, '', typed)} />
      ) : (
        <div className="grid items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,31rem)_minmax(0,1fr)]">
          <SwitchForm {...{ locale, switching, typed }} />
          <div className="grid gap-8">
            <HowItGoes />
            <ForwardPricing />
            <SwitchFacts {...{ locale, switching }} />
          </div>
        </div>
      )}
    </>
  );
}

async function SwitchForm({ locale, switching, typed }: { locale: Locale; switching: Switching; typed: TypedSwitch }) {
  const t = await getTranslations('switch.ticket');
  const deal = await getTranslations('deal');
  const common = await getTranslations('common');
  const { from, into, targets } = switching;
  const { unitDecimals } = from.unitClass;
  const need = common('form.required');
  return (
    <section className="grid gap-6">
      <SectionHeading>
        <span className="block text-[1rem] font-400 text-soft">{deal('step', { step: 1 })}</span>
        {t('title')}
      </SectionHeading>
      <ActionForm action={reviewSwitch} locale={locale} summaryTitle={common('form.summary')}>
        <HiddenFields values={{ name: from.unitClass.code.toLowerCase() }} />
        {targets.length > 1 ? (
          <RadioField
            name="to"
            label={t('into')}
            need={need}
            defaultValue={into.unitClass.code.toLowerCase()}
            options={targets.map(({ unitClass: { code, name } }) => ({
              value: code.toLowerCase(),
              label: name[locale],
            }))}
          />
        ) : (
          <>
            <HiddenFields values={{ to: into.unitClass.code.toLowerCase() }} />
            <p>{t('into-one', { into: into.unitClass.name[locale] })}</p>
          </>
        )}
        <RadioField
          name="kind"
          label={t('kind')}
          need={need}
          defaultValue={typed.kind}
          options={(['SELL_UNITS', 'SELL_ALL'] as const).map((kind) => ({
            ...{ value: kind, label: t(kind), hint: t(`${kind}-hint`) },
          }))}
        />
        {/* Without a choice of all, or where a browser cannot hide it, the box stands there and is not read. */}
        <div className="in-[form:has([value$=ALL]:checked)]:hidden">
          <Field
            name="units"
            label={t('units')}
            hint={deal('ticket.units-hint-sell', { max: formatUnits(locale, from.reader.freeUnits, unitDecimals) })}
            need={need}
            unit={deal(unitDecimals > 0 ? 'ticket.share' : 'ticket.unit')}
            inputMode={unitDecimals > 0 ? 'decimal' : 'numeric'}
            autoComplete="off"
            defaultValue={typed.units}
            className="max-w-60 text-right tabular-nums"
          />
        </div>
        <div>
          <Button>{t('submit')}</Button>
        </div>
      </ActionForm>
    </section>
  );
}

/** What happens between the two classes, in order. */
async function HowItGoes() {
  const t = await getTranslations('switch.how');
  return (
    <section className="measure grid gap-2">
      <SectionHeading>{t('title')}</SectionHeading>
      <ol className="list-decimal pl-6">
        {(['out', 'held', 'in'] as const).map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
    </section>
  );
}

async function SwitchFacts({ locale, switching }: { locale: Locale; switching: Switching }) {
  const t = await getTranslations('switch.facts');
  const deal = await getTranslations('deal.facts');
  const { from, into } = switching;
  const { reader } = from;
  const units = (value: bigint) => formatUnits(locale, value, from.unitClass.unitDecimals);
  return (
    <section className="grid gap-4">
      <SectionHeading>{deal('title')}</SectionHeading>
      <Facts
        items={[
          {
            term: t('free'),
            value: units(reader.freeUnits),
            ...(reader.freeUnits < reader.heldUnits && { note: deal('free-note', { held: units(reader.heldUnits) }) }),
          },
          ...[from, into].map(({ unitClass, nav }) => {
            const { currency, priceDecimals, quoteUnits, unitDecimals, name } = unitClass;
            const price = nav && formatPrice(locale, nav.price, currency, priceDecimals);
            return {
              term: t('price', { class: name[locale] }),
              value: nav ? `${price} / ${formatUnits(locale, quoteUnits, unitDecimals)}` : deal('price-none'),
              ...(nav && { note: deal('price-note', { date: formatDate(locale, nav.date) }) }),
            };
          }),
        ]}
      />
    </section>
  );
}
