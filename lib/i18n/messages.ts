/** All messages of a language, by group: one file a page group in messages/<locale>/. The English files give the types. */
import type { Locale } from '@/lib/domain/states';
import enCommon from '@/messages/en/common.json';
import enErrors from '@/messages/en/errors.json';
import enHome from '@/messages/en/home.json';
import jaCommon from '@/messages/ja/common.json';
import jaErrors from '@/messages/ja/errors.json';
import jaHome from '@/messages/ja/home.json';

const en = { common: enCommon, errors: enErrors, home: enHome };
export type Messages = typeof en;
const ja: Messages = { common: jaCommon, errors: jaErrors, home: jaHome };

const MESSAGES: Record<Locale, Messages> = { en, ja };

export const loadMessages = async (locale: Locale): Promise<Messages> => MESSAGES[locale];
