import type { Locale as SiteLocale } from '@/lib/domain/states';
import type { Messages as AllMessages } from '@/lib/i18n/messages';

declare module 'next-intl' {
  interface AppConfig {
    Locale: SiteLocale;
    Messages: AllMessages;
  }
}
