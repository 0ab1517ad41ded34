import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import type { PlanPage } from '@/db/queries/plan-pages';
import { type Locale, localePath } from '@/lib/i18n/locale';
import type { PlanTrouble } from './load-plan';
import { planPath } from './typed-plan';

/** Why no plan can be set up, and where to go instead. */
export async function Stop({ locale, page, trouble }: { locale: Locale; page: PlanPage; trouble: PlanTrouble }) {
  const t = await getTranslations('plans');
  const { name, code } = page.unitClass;
  if (trouble === 'exists')
    return (
      <Callout title={t('form.exists')}>
        <p>{t('form.exists-note')}</p>
        <div>
          <LinkButton href={planPath(locale, code)}>{t('form.exists-go')}</LinkButton>
        </div>
      </Callout>
    );
  const [text, go, path] =
    trouble === 'closed'
      ? [t('offer.closed', { class: name[locale] }), t('offer.calendar'), '/calendar' as const]
      : [
          t(trouble === 'other-country' ? 'form.other-country' : 'offer.not-eligible'),
          t('offer.not-eligible-go'),
          '/eligibility' as const,
        ];
  return (
    <Callout tone="notice" title={t('form.cannot')}>
      <p>{text}</p>
      <div>
        <LinkButton look="secondary" href={localePath(locale, path)}>
          {go}
        </LinkButton>
      </div>
    </Callout>
  );
}
