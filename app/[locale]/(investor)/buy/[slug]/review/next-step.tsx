import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { SectionHeading } from '@/components/ui/heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { PostForm, Refused } from '@/components/ui/post-form';
import type { FormState } from '@/lib/actions/form-state';
import { type TypedOrder, ticketPath } from '@/lib/endpoints/typed-order';
import type { Locale } from '@/lib/i18n/locale';
import { Agreement } from '../../../agreement';
import { openProspectus } from '../actions';
import { isWindow, type Ticket, wordsOf } from '../ticket';

export type NextStep = {
  locale: Locale;
  ticket: Ticket;
  typed: TypedOrder;
  orderKey: string;
  /** What the order that was just sent was refused for. */
  refused: FormState['errors'];
};

/** The prospectus comes first; its opening is recorded. */
export async function OpenFirst({ locale, ticket, typed, orderKey, refused }: NextStep) {
  const w = wordsOf(ticket);
  const t = await getTranslations('buy');
  const common = await getTranslations('common');
  return (
    <section className="grid gap-4">
      <SectionHeading>{t('review.next')}</SectionHeading>
      <Refused refused={refused} title={common('form.summary')} />
      <p className="measure">{t(`${w}review.document-not-opened`)}</p>
      <ActionForm action={openProspectus} locale={locale} summaryTitle={common('form.summary')}>
        <HiddenFields values={{ slug: ticket.offering.slug, ...typed, key: orderKey }} />
        <div className="flex flex-wrap gap-4">
          <Button>{t('review.document-open')}</Button>
          <LinkButton look="quiet" href={ticketPath(locale, ticket.offering.slug, '', typed)}>
            {t(`${w}review.change`)}
          </LinkButton>
        </div>
      </ActionForm>
    </section>
  );
}

/** The one button that places it. Who has agreed to this version of the prospectus is not asked again. */
export async function Confirm({ locale, ticket, typed, orderKey, refused }: NextStep) {
  const w = wordsOf(ticket);
  const t = await getTranslations('buy');
  const common = await getTranslations('common');
  const { offering, buyer } = ticket;
  const { slug, prospectus } = offering;
  const { version } = prospectus;
  return (
    <section className="grid gap-4">
      <SectionHeading>{t('review.next')}</SectionHeading>
      <PostForm
        to={ticketPath(locale, slug, '/order', typed, orderKey)}
        refused={refused}
        summaryTitle={common('form.summary')}
      >
        {/* What the buyer sees: the service refuses the order if it is not so any more. */}
        <HiddenFields values={{ price: String(offering.price), termsVersion: String(offering.termsVersion) }} />
        <Agreement locale={locale} agreedAt={buyer.agreedAt} version={version} />
        <div className="flex flex-wrap gap-4">
          <Button>
            {t(isWindow(ticket) ? (typed.change ? 'window.confirm-change' : 'window.confirm') : 'review.confirm')}
          </Button>
          <LinkButton look="secondary" href={ticketPath(locale, slug, '', typed)}>
            {t(`${w}review.change`)}
          </LinkButton>
          <LinkButton look="quiet" href={ticketPath(locale, slug, '/prospectus', typed, orderKey)}>
            {t('review.document-open-again')}
          </LinkButton>
        </div>
      </PostForm>
    </section>
  );
}
