import { getTranslations } from 'next-intl/server';
import { SectionHeading } from '@/components/ui/heading';

/** Why nobody knows the price when ordering, in plain words. */
export async function ForwardPricing() {
  const t = await getTranslations('deal.forward');
  return (
    <section className="measure grid gap-2">
      <SectionHeading>{t('title')}</SectionHeading>
      <p>{t('what')}</p>
      <p>{t('why')}</p>
    </section>
  );
}
