import type { Metadata } from 'next';
import Link from 'next/link';
import { locale as rootLocale } from 'next/root-params';
import { getTranslations } from 'next-intl/server';
import { alternates } from '@/components/layout/document';
import { Missing, missingMetadata } from '@/components/layout/not-found';
import { Callout } from '@/components/ui/callout';
import { Facts } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/heading';
import { Prose } from '@/components/ui/prose';
import { Section } from '@/components/ui/section';
import { type Block, parseDocument } from '@/lib/domain/fund/markdown';
import type { Locale } from '@/lib/domain/states';
import { formatInstant } from '@/lib/i18n/format';
import { asLocale, localePath, otherLocale } from '@/lib/i18n/locale';
import { type DocumentView, getDocument, listDocumentVersions } from '@/lib/public-data/documents';

export const ensureStatic = 'navigation';
export const instant = false;

type Props = PageProps<'/[locale]/documents/[slug]/[version]'>;

export const generateStaticParams = async () =>
  (await listDocumentVersions()).map(({ slug, version }) => ({ slug, version: String(version) }));

/** The version of an address; whatever is no plain number names no document. */
async function find({ params }: Props, locale: Locale): Promise<DocumentView | null> {
  const { slug, version } = await params;
  return /^[1-9]\d{0,5}$/.test(version) ? getDocument(slug, Number(version), locale) : null;
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const locale = asLocale(await rootLocale());
  const document = await find(props, locale);
  if (!document) return missingMetadata(locale);
  return {
    title: document.title,
    alternates: alternates(locale, `/documents/${document.slug}/${document.version}`),
  };
}

export default async function DocumentPage(props: Props) {
  const locale = asLocale(await rootLocale());
  const document = await find(props, locale);
  if (!document) return <Missing locale={locale} />;
  const t = await getTranslations('documents');
  const blocks = parseDocument(document.body);
  const other = otherLocale(locale);
  return (
    <div className="grid gap-8">
      <PageHeading
        kicker={<Link href={localePath(locale, '/documents')}>{t('title')}</Link>}
        title={document.title}
        lead={t('version', { version: document.version })}
      />
      {!document.current && (
        <Callout tone="notice" title={t('replaced', { version: document.version })}>
          <Link href={localePath(locale, '/documents')}>{t('read-latest')}</Link>
        </Callout>
      )}
      <div className="grid gap-10 lg:grid-cols-[1fr_16rem] lg:gap-16">
        <Contents blocks={blocks} title={t('contents')} />
        <article className="min-w-0 lg:col-start-1 lg:row-start-1">
          <Prose markdown={document.body} />
        </article>
      </div>
      <Section id="facts" title={t('facts')}>
        <Facts
          items={[
            {
              term: t('published-at'),
              value: formatInstant(locale, document.publishedAt),
            },
            {
              term: t('hash'),
              value: <code className="font-mono text-[0.875rem] break-all">{document.sha256}</code>,
              note: t('hash-why'),
            },
            {
              term: t('other-language'),
              value: (
                // A plain link: the other language is another document with a layout of its own.
                <a
                  href={localePath(other, `/documents/${document.slug}/${document.version}`)}
                  hrefLang={other}
                  lang={other}
                >
                  {t('other-language-link')}
                </a>
              ),
            },
          ]}
        />
      </Section>
    </div>
  );
}

/** The headings as links: beside the text on a wide screen, above it on a narrow one. */
function Contents({ blocks, title }: { blocks: readonly Block[]; title: string }) {
  const headings = blocks.filter((block) => block.kind === 'heading').filter(({ level }) => level === 2);
  if (headings.length < 3) return null;
  return (
    <nav aria-label={title} className="self-start lg:sticky lg:top-4 lg:col-start-2">
      <p className="border-t-2 border-ink pt-3 font-700">{title}</p>
      <ul className="mt-1">
        {headings.map(({ id, text }) => (
          <li key={id}>
            <a href={`#${id}`} className="inline-block py-1.5 text-[0.9375rem]">
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
