import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { LinkButton } from '@/components/ui/button';
import { DeskHeading } from '@/components/ui/desk-heading';
import { Prose } from '@/components/ui/prose';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { LOCALES } from '@/lib/domain/states';
import { formatInstant } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { viewDeskDocument } from '@/lib/services/view-desk-documents';
import { mayDraft } from '@/lib/services/view-desk-offerings';
import { forStaff, staffMetadata } from '../../../for-staff';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

type Props = PageProps<'/[locale]/operator/documents/[slug]/[version]'>;

const load = cache(async (slug: string, version: string) => {
  const session = await requireSession(...DESK_PLACES.documents.roles);
  const known = /^[1-9][0-9]{0,5}$/.test(version);
  return { session, document: known ? await viewDeskDocument(session, slug, Number(version)) : null };
});

async function metadata({ params }: Props): Promise<Metadata> {
  const { locale: segment, slug, version } = await params;
  const locale = asLocale(segment);
  const { document } = await load(slug, version);
  if (!document) return missingMetadata(locale);
  return { title: locale === 'ja' ? document.titleJa : document.titleEn };
}

/** A version with both languages side by side, as both sides compare them. */
async function DeskDocumentPage({ params }: Props) {
  const { locale: segment, slug, version } = await params;
  const locale = asLocale(segment);
  const { session, document } = await load(slug, version);
  if (!document) return <Missing locale={locale} />;
  const t = await getTranslations('desk.documents');
  const { path } = DESK_PLACES.documents;
  const isLatest = document.version === document.latest;
  return (
    <>
      <DeskHeading
        kicker={<Link href={localePath(locale, path)}>{t('back')}</Link>}
        title={t('version-title', {
          title: locale === 'ja' ? document.titleJa : document.titleEn,
          version: document.version,
        })}
        lead={t('published-at', { at: formatInstant(locale, document.publishedAt) })}
        act={
          isLatest ? (
            mayDraft(session.role) && (
              <LinkButton href={localePath(locale, `${path}/${slug}/new`)}>{t('new')}</LinkButton>
            )
          ) : (
            <LinkButton look="secondary" href={localePath(locale, `${path}/${slug}/${document.latest}`)}>
              {t('latest')}
            </LinkButton>
          )
        }
      />
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
        {LOCALES.map((language) => (
          <article key={language} className="grid min-w-0 content-start gap-4">
            <h2 className="text-[1.125rem] font-700" lang={language}>
              {language === 'ja' ? document.titleJa : document.titleEn}
            </h2>
            <p className="text-[0.875rem] text-soft">
              {t('hash')}{' '}
              <code className="font-mono break-all">{language === 'ja' ? document.sha256Ja : document.sha256En}</code>
            </p>
            <div lang={language}>
              <Prose markdown={document.body[language]} idPrefix={`${language}-`} />
            </div>
          </article>
        ))}
      </div>
    </>
  );
}

export const generateMetadata = staffMetadata(DESK_PLACES.documents.roles, metadata);
export default forStaff(DESK_PLACES.documents.roles, DeskDocumentPage);
