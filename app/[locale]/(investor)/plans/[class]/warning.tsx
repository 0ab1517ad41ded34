import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { CheckField } from '@/components/ui/field';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { calendarOf } from '@/lib/domain/calendar/holidays';
import { lapseOf, nextTurn } from '@/lib/domain/dealing/plan';
import { CURRENCY_DECIMALS } from '@/lib/domain/money/currency';
import { decimalString, formatDeadline, formatMoney } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';
import { addCashPath } from '../../against';
import { change, openPlanProspectus } from '../actions';
import type { Standing } from './standing-plan';

type Props = { locale: Locale; page: Standing };

/** What would let the next turn lapse if it came now, and how to mend it in time. Nothing where all is well. */
export async function Warning({ locale, page }: Props) {
  const { plan, reader, readAt } = page;
  const lapse = lapseOf(reader, plan.unitClass, plan.amountMinor, readAt);
  if (!lapse) return null;
  const t = await getTranslations('plans.warn');
  const mend: Record<typeof lapse, () => ReactNode> = {
    'order.insufficient-cash': () => <NoCash {...{ locale, page }} />,
    'order.prospectus-not-opened': () => <NewDocument {...{ locale, page }} />,
    'order.consent-missing': () => <NewDocument {...{ locale, page }} />,
    'order.suitability-expired': () => <Go {...{ locale }} path="/suitability" what="suitability" />,
    'order.not-eligible': () => <Go {...{ locale }} path="/eligibility" what="eligible" />,
    'order.other-country': () => <Go {...{ locale }} path="/eligibility" what="eligible" />,
  };
  return (
    <Callout tone="notice" title={t('title')}>
      {mend[lapse]()}
    </Callout>
  );
}

async function Go({ locale, path, what }: { locale: Locale; path: `/${string}`; what: 'suitability' | 'eligible' }) {
  const t = await getTranslations('plans.warn');
  return (
    <>
      <p>{t(what)}</p>
      <div>
        <LinkButton look="secondary" href={localePath(locale, path)}>
          {t(`${what}-go`)}
        </LinkButton>
      </div>
    </>
  );
}

async function NoCash({ locale, page: { plan, reader, holidays, readAt } }: Props) {
  const t = await getTranslations('plans.warn');
  const { unitClass, dayOfMonth, lastMonth, amountMinor } = plan;
  const { currency } = unitClass;
  const turn = nextTurn(dayOfMonth, lastMonth?.slice(0, 7) ?? null, readAt, unitClass, calendarOf(holidays));
  const missing = amountMinor - reader.availableMinor;
  const back = localePath(locale, `/plans/${unitClass.code.toLowerCase()}`);
  return (
    <>
      <p>
        {t('cash', {
          available: formatMoney(locale, reader.availableMinor, currency),
          missing: formatMoney(locale, missing, currency),
          at: formatDeadline(locale, turn.at),
        })}
      </p>
      <div>
        <LinkButton look="secondary" href={localePath(locale, addCashPath(currency, back, missing))}>
          {t('cash-go')}
        </LinkButton>
      </div>
    </>
  );
}

/** A newer prospectus is opened first, and then agreed to; the plan itself stays as it is. */
async function NewDocument({ locale, page: { plan, reader } }: Props) {
  const t = await getTranslations('plans.warn');
  const common = await getTranslations('common');
  const { version, title } = reader.prospectus;
  const { currency, code } = plan.unitClass;
  const values: Record<string, string> = reader.openedAt
    ? {
        ...{ class: code, plan: plan.key, key: crypto.randomUUID(), day: String(plan.dayOfMonth) },
        amount: decimalString(plan.amountMinor, CURRENCY_DECIMALS[currency]),
      }
    : { class: code };
  return (
    <>
      <p>{t('document', { title: title[locale], version })}</p>
      <ActionForm
        action={reader.openedAt ? change : openPlanProspectus}
        locale={locale}
        summaryTitle={common('form.summary')}
      >
        <HiddenFields values={values} />
        {reader.openedAt && <CheckField name="consent" label={t('document-agree', { version })} />}
        <div>
          <Button look="secondary">{t(reader.openedAt ? 'document-go' : 'document-open')}</Button>
        </div>
      </ActionForm>
    </>
  );
}
