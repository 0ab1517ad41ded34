import { getTranslations } from 'next-intl/server';
import { Facts } from '@/components/ui/facts';
import { Section } from '@/components/ui/section';

const RULES = ['day', 'time', 'price', 'cash', 'pause'] as const;

/** What a plan does and when, in plain words. */
export async function Rules() {
  const t = await getTranslations('plans.rules');
  return (
    <Section id="rules" title={t('title')}>
      <Facts items={RULES.map((rule) => ({ term: t(rule), value: t(`${rule}-text`) }))} />
    </Section>
  );
}
