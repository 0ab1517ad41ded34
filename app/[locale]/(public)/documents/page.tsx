import type { Metadata } from 'next';
import Link from 'next/link';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { alternates } from '@/components/layout/document';
import { Disclosure } from '@/components/ui/disclosure';
import { PageHeading } from '@/components/ui/heading';
import { Section } from '@/components/ui/section';
import type { Locale } from '@/lib/domain/states';
import { formatInstantDate } from '@/lib/i18n/format';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { type DocumentVersionView, listDocumentVersions } from '@/lib/public-data/documents';

export const ensureStatic = 'navigation';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('documents');
  return {
    title: t('title'),
    description: t('lead'),
    alternates: alternates(asLocale(await rootLocale()), '/documents'),
  };
}

/** Three shelves, by what the reader wants to do. */
const SHELVES = [
  { id: 'buy', kinds: ['PROSPECTUS', 'PRE_CONTRACT'] },
  { id: 'fund', kinds: ['COVENANT'] },
  { id: 'site', kinds: ['TERMS', 'E_DELIVERY'] },
] as const;

export default async function DocumentsPage() {
  const locale = asLocale(await rootLocale());
  const t = await getTranslations('documents');
  const versions = await listDocumentVersions();
  return (
    <div className="grid gap-12">
      <PageHeading title={t('title')} lead={t('lead')} />
      {versions.length === 0 && <p>{t('empty')}</p>}
      {SHELVES.map(({ id, kinds }) => {
        const onShelf = versions.filter(({ kind }) => kinds.some((candidate) => candidate === kind));
        const slugs = [...new Set(onShelf.map(({ slug }) => slug))];
        if (slugs.length === 0) return null;
        return (
          <Section key={id} id={id} title={t(`kind.${kinds[0]}`)}>
            <ul className="grid gap-6">
              {slugs.map((slug) => (
                <li key={slug} className="border-b border-line pb-6 last:border-0 last:pb-0">
                  <Shelved locale={locale} versions={onShelf.filter((version) => version.slug === slug)} />
                </li>
              ))}
            </ul>
          </Section>
        );
      })}
    </div>
  );
}

/** One document: the version in force, and the older ones folded away. */
async function Shelved({ locale, versions }: { locale: Locale; versions: DocumentVersionView[] }) {
  const t = await getTranslations('documents');
  const [newest, ...older] = versions;
  if (!newest) return null;
  return (
    <article className="grid gap-2">
      <h3 className="text-[1.125rem] font-700">
        <VersionLink locale={locale} version={newest} />
      </h3>
      <p className="text-soft">{await versionWords(locale, newest, t('current'))}</p>
      <Hash locale={locale} version={newest} />
      {older.length > 0 && (
        <Disclosure summary={t('older')}>
          {older.map((version) => (
            <div key={version.version} className="grid gap-1">
              <p>
                <VersionLink locale={locale} version={version} />{' '}
                <span className="text-soft">{versionWords(locale, version)}</span>
              </p>
              <Hash locale={locale} version={version} />
            </div>
          ))}
        </Disclosure>
      )}
    </article>
  );
}

function VersionLink({ locale, version }: { locale: Locale; version: DocumentVersionView }) {
  return (
    <Link href={localePath(locale, `/documents/${version.slug}/${version.version}`)} className="inline-block py-1">
      {version.title[locale]}
    </Link>
  );
}

async function versionWords(locale: Locale, version: DocumentVersionView, state?: string): Promise<string> {
  const t = await getTranslations('documents');
  return [
    t('version', { version: version.version }),
    t('published', { date: formatInstantDate(locale, version.publishedAt) }),
    ...(state ? [state] : []),
  ].join(locale === 'ja' ? '、' : ', ');
}

async function Hash({ locale, version }: { locale: Locale; version: DocumentVersionView }) {
  const t = await getTranslations('documents');
  return (
    <p className="text-[0.875rem] text-soft">
      {t('hash')}
      <code className="block font-mono break-all">{version.sha256[locale]}</code>
    </p>
  );
}
