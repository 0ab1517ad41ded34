import type { Metadata } from 'next';
import { locale as rootLocale } from 'next/root-params';
import { alternates } from '@/components/layout/document';
import { asLocale } from '@/lib/i18n/locale';
import { loadMessages } from '@/lib/i18n/messages';
import { Essay } from '../essay';

export const ensureStatic = 'navigation';

export async function generateMetadata(): Promise<Metadata> {
  const locale = asLocale(await rootLocale());
  const { title, lead } = (await loadMessages(locale)).about.about;
  return { title, description: lead, alternates: alternates(locale, '/about') };
}

export default async function AboutPage() {
  const locale = asLocale(await rootLocale());
  return <Essay text={(await loadMessages(locale)).about.about} />;
}
