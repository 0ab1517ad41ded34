import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { SectionHeading } from '@/components/ui/heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { Refused } from '@/components/ui/post-form';
import type { FormState } from '@/lib/actions/form-state';
import { formatDay } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import { Agreement } from '../../../agreement';
import { openNewestProspectus, placeDeal } from '../actions';
import { nameOf, type Ticket, timesNow } from '../ticket';
import { dealPath, sideOf, type TypedDealing } from '../typed';

type NextStep = {
  locale: Locale;
  ticket: Ticket;
  typed: TypedDealing;
  orderKey: string;
  /** What the order that was just sent was refused for. */
  refused: FormState['errors'];
};

/** The prospectus comes first; its opening is recorded. */
export async function OpenFirst({ locale, ticket, typed, orderKey, refused }: NextStep) {
  const t = await getTranslations('deal.review');
  const buy = await getTranslations('buy.review');
  const common = await getTranslations('common');
  return (
    <section className="grid gap-4">
      <SectionHeading>{buy('next')}</SectionHeading>
      <Refused refused={refused} title={common('form.summary')} />
      <p className="measure">{buy('document-not-opened')}</p>
      <ActionForm action={openNewestProspectus} locale={locale} summaryTitle={common('form.summary')}>
        <HiddenFields values={{ name: nameOf(ticket), ...typed, key: orderKey }} />
        <div className="flex flex-wrap gap-4">
          <Button>{buy('document-open')}</Button>
          <LinkButton look="quiet" href={dealPath(locale, nameOf(ticket), '', typed)}>
            {t('change')}
          </LinkButton>
        </div>
      </ActionForm>
    </section>
  );
}

/** The one button that places it, for the day that stands here. Who has agreed to this version of the prospectus is not asked again. */
export async function Confirm({ locale, ticket, typed, orderKey, refused }: NextStep) {
  const t = await getTranslations('deal.review');
  const buy = await getTranslations('buy.review');
  const common = await getTranslations('common');
  const { prospectus, reader } = ticket;
  const { version } = prospectus;
  const { dealingDate } = timesNow(ticket);
  const buys = sideOf(typed.kind) === 'BUY';
  return (
    <section className="grid gap-4">
      <SectionHeading>{buy('next')}</SectionHeading>
      <Refused refused={refused} title={common('form.summary')} />
      <ActionForm action={placeDeal} locale={locale} summaryTitle={common('form.summary')}>
        {/* The day that the person sees: the service refuses the order if it has another by then. */}
        <HiddenFields values={{ name: nameOf(ticket), ...typed, key: orderKey, dealingDate }} />
        {buys && <Agreement locale={locale} agreedAt={reader.agreedAt} version={version} />}
        <p>{t('confirm-note', { day: formatDay(locale, dealingDate) })}</p>
        <div className="flex flex-wrap gap-4">
          <Button>{t(ticket.change ? 'confirm-change' : 'confirm')}</Button>
          <LinkButton look="secondary" href={dealPath(locale, nameOf(ticket), '', typed)}>
            {t(ticket.change ? 'change-typed' : 'change')}
          </LinkButton>
          {buys && (
            <LinkButton look="quiet" href={dealPath(locale, nameOf(ticket), '/prospectus', typed, { key: orderKey })}>
              {buy('document-open-again')}
            </LinkButton>
          )}
        </div>
      </ActionForm>
    </section>
  );
}
