/** What next-intl asks for each request: the language of the path, and all messages of that language. */
import { notFound } from 'next/navigation';
import { locale as rootLocale } from 'next/root-params';
import { getRequestConfig } from 'next-intl/server';
import { ZONES } from './format';
import { isLocale } from './locale';
import { loadMessages } from './messages';

export default getRequestConfig(async ({ locale: asked }) => {
  // Actions and mails name their language; a page's language is its path's first segment.
  const locale = asked ?? (await rootLocale());
  if (!isLocale(locale)) notFound();
  return {
    locale,
    messages: await loadMessages(locale),
    timeZone: ZONES[locale][0],
  };
});
