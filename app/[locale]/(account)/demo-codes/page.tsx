import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { Facts } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/heading';
import { Written } from '@/components/ui/written';
import { inGroups } from '@/lib/domain/people/factors';
import { env } from '@/lib/env';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { viewDemoCode } from '@/lib/services/view-demo-code';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('factors');
  return { title: t('demo-codes.title') };
}

/** The code of the demonstration's staff, for testers: their secret is as public as their password. No such page when the simulation is off. */
export default async function DemoCodesPage() {
  if (env().SIMULATION === 'off') notFound();
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('factors');
  const { code, secondsLeft, secret, emails } = await viewDemoCode();
  return (
    <>
      <PageHeading title={t('demo-codes.title')} lead={t('demo-codes.lead')} />
      <Facts
        items={[
          {
            term: t('demo-codes.code'),
            value: <strong className="text-[1.5rem] tabular-nums">{code}</strong>,
            note: t('demo-codes.left', { seconds: secondsLeft }),
          },
          { term: t('demo-codes.secret'), value: <Written>{inGroups(secret, ' ')}</Written> },
          {
            term: t('demo-codes.accounts'),
            value: (
              <ul className="grid gap-1">
                {emails.map((email) => (
                  <li key={email} className="break-all">
                    {email}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
      <p className="measure">{t('demo-codes.once')}</p>
      <div>
        <LinkButton look="secondary" href={localePath(locale, '/demo-codes')} prefetch={false}>
          {t('demo-codes.again')}
        </LinkButton>
      </div>
    </>
  );
}
