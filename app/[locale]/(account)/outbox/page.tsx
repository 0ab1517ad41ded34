import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { Missing } from '@/components/layout/not-found';
import { PageHeading } from '@/components/ui/heading';
import { TableFilter } from '@/components/ui/table-filter';
import { listOutbox } from '@/db/queries/mails';
import { env } from '@/lib/env';
import { between, formatInstant } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('access');
  return { title: t('outbox.title') };
}

/** Everybody's mails, for testers: there is no such page when the simulation is off. */
export default async function OutboxPage({ searchParams }: PageProps<'/[locale]/outbox'>) {
  const locale = asLocale(await rootLocale());
  if (env().SIMULATION === 'off') return <Missing locale={locale} />;
  const t = await getTranslations('access');
  const { q } = await searchParams;
  const search = typeof q === 'string' ? q.normalize('NFKC').trim().slice(0, 100) : '';
  const mails = await listOutbox(50, search);
  return (
    <>
      <PageHeading title={t('outbox.title')} lead={t('outbox.lead')} />
      <TableFilter
        label={t('outbox.search')}
        action={localePath(locale, '/outbox')}
        search={{ label: t('outbox.search'), hint: t('outbox.search-hint'), value: search }}
        fields={[]}
        hidden={{}}
        show={t('outbox.show')}
        clear={search ? { label: t('outbox.clear'), href: localePath(locale, '/outbox') } : null}
      />
      {mails.length === 0 && <p>{t(search ? 'outbox.none' : 'outbox.empty')}</p>}
      <ul className="grid gap-6">
        {mails.map((mail) => (
          <li key={String(mail.id)}>
            <article lang={mail.locale} className="grid gap-2 rounded-8 border border-line bg-surface p-4">
              <h2 className="font-700">{mail.subject}</h2>
              <p lang={locale} className="text-[0.875rem] text-soft">
                {t('outbox.to')} <span className="break-all">{mail.recipient}</span>
                {between(locale)}
                <span className="inline-block">
                  {t('outbox.at')} {formatInstant(locale, mail.createdAt)}
                </span>
              </p>
              <p className="measure whitespace-pre-line wrap-anywhere">{linked(mail.body)}</p>
            </article>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Links to this site can be followed; anything else in a mail stays text. */
function linked(body: string) {
  const site = env().SITE_URL;
  return body.split(/(https?:\/\/\S+)/).map((part) =>
    part.startsWith(`${site}/`) ? (
      <a key={part} href={part}>
        {part}
      </a>
    ) : (
      part
    ),
  );
}
