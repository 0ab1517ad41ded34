/** Types that tie codes to their texts, so that a code without a text in either language fails the type check. */
import type en from '@/messages/en/errors.json';
import type ja from '@/messages/ja/errors.json';

type Leaves<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Leaves<T[K], `${P}${K}.`>;
}[keyof T & string];

/** Codes of expected refusals: the keys that both languages word. */
export type ErrorCode = Leaves<typeof en> & Leaves<typeof ja>;
