'use client';

import { LOCALES, type Locale } from '@/lib/domain/states';
import en from '@/messages/en/failure.json';
import ja from '@/messages/ja/failure.json';

const TEXTS = { en: en.error, ja: ja.error };

/** The language of the address: where a page has failed, nothing of the server's knowledge is left. */
export const localeOfPath = (path: string): Locale => LOCALES.find((locale) => path.split('/')[1] === locale) ?? 'en';

/** What happened, what is safe, what to do. */
export function Failure({ locale, error, retry }: { locale: Locale; error: unknown; retry: () => void }) {
  const text = TEXTS[locale];
  const digest =
    error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : undefined;
  return (
    <div role="alert" className="measure grid gap-4">
      <h1 className="text-[1.75rem] font-700 leading-130 sm:text-[2.25rem]">{text.title}</h1>
      <p>{text.safe}</p>
      <p>{text.do}</p>
      <div className="flex flex-wrap items-center gap-4">
        <button
          type="button"
          onClick={retry}
          className="min-h-12 cursor-pointer rounded-8 border border-transparent bg-accent px-4 py-2 font-700 text-accent-ink hover:bg-accent-hover"
        >
          {text.retry}
        </button>
        {/* A whole new page: what failed may still be in the router's memory. */}
        <a href={`/${locale}`} className="inline-flex min-h-11 items-center">
          {text.home}
        </a>
      </div>
      {digest && <p className="text-[0.875rem] text-soft">{text.digest.replace('{digest}', digest)}</p>}
    </div>
  );
}
