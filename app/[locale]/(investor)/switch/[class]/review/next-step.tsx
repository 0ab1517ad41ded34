import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { SectionHeading } from '@/components/ui/heading';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { Refused } from '@/components/ui/post-form';
import type { FormState } from '@/lib/actions/form-state';
import type { TypedSwitch } from '@/lib/domain/dealing/asked';
import { formatDay } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locale';
import { Agreement } from '../../../agreement';
import { timesNow } from '../../../deal/[class]/ticket';
import { openNewestProspectus, orderSwitch } from '../actions';
import type { Switching } from '../switching';
import { switchPath } from '../typed';

type NextStep = {
  locale: Locale;
  switching: Switching;
  typed: TypedSwitch;
  orderKey: string;
  /** What the order that was just sent was refused for. */
  refused: FormState['errors'];
};

const nameOf = ({ from }: Switching) => from.unitClass.code.toLowerCase();

/** The prospectus comes first; its opening is recorded. */
export async function OpenFirst({ locale, switching, typed, orderKey, refused }: NextStep) {
  const t = await getTranslations('switch.review');
  const buy = await getTranslations('buy.review');
  const common = await getTranslations('common');
  const name = nameOf(switching);
  return (
    <section className="grid gap-4">
      <SectionHeading>{buy('next')}</SectionHeading>
      <Refused refused={refused} title={common('form.summary')} />
      <p className="measure">{t('document-not-opened')}</p>
      <ActionForm action={openNewestProspectus} locale={locale} summaryTitle={common('form.summary')}>
        <HiddenFields values={{ name, ...typed, key: orderKey }} />
        <div className="flex flex-wrap gap-4">
          <Button>{buy('document-open')}</Button>
          <LinkButton look="quiet" href={switchPath(locale, name, '', typed)}>
            {t('change')}
          </LinkButton>
        </div>
      </ActionForm>
    </section>
  );
}

/** The one button that places it, for the day that stands here. Who has agreed to this version of the prospectus is not asked again. */
export async function Confirm({ locale, switching, typed, orderKey, refused }: NextStep) {
  const t = await getTranslations('switch.review');
  const buy = await getTranslations('buy.review');
  const common = await getTranslations('common');
  const name = nameOf(switching);
  const { prospectus, reader } = switching.into;
  const { version } = prospectus;
  const { dealingDate } = timesNow(switching.from);
  return (
    <section className="grid gap-4">
      <SectionHeading>{buy('next')}</SectionHeading>
      <Refused refused={refused} title={common('form.summary')} />
      <ActionForm action={orderSwitch} locale={locale} summaryTitle={common('form.summary')}>
        {/* The day that the person sees: the service refuses the order if it has another by then. */}
        <HiddenFields values={{ name, ...typed, key: orderKey, dealingDate }} />
        <Agreement locale={locale} agreedAt={reader.agreedAt} version={version} />
        <p>{t('confirm-note', { day: formatDay(locale, dealingDate) })}</p>
        <div className="flex flex-wrap gap-4">
          <Button>{t('confirm')}</Button>
          <LinkButton look="secondary" href={switchPath(locale, name, '', typed)}>
            {t('change')}
          </LinkButton>
          <LinkButton look="quiet" href={switchPath(locale, name, '/prospectus', typed, { key: orderKey })}>
            {buy('document-open-again')}
          </LinkButton>
        </div>
      </ActionForm>
    </section>
  );
}
