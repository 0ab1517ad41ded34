/** What was typed into a switch, as it travels in the address from page to page: it is read anew by each and trusted by none. */
import type { TypedSwitch } from '@/lib/domain/dealing/asked';
import { type Locale, localePath } from '@/lib/i18n/locale';

type Search = Record<string, string | string[] | undefined>;

export function typedSwitch(search: Search): TypedSwitch {
  const text = (name: string, length: number) => {
    const value = search[name];
    return typeof value === 'string' ? value.slice(0, length) : '';
  };
  const kind = search.kind === 'SELL_ALL' ? 'SELL_ALL' : 'SELL_UNITS';
  return { kind, to: text('to', 8), units: text('units', 40) };
}

/** The address of a page of the switch with what was typed; `key` names the order that a review may become. */
export function switchPath(
  locale: Locale,
  name: string,
  page: '' | '/review' | '/prospectus',
  { kind, to, units }: TypedSwitch,
  { key, refused }: { key?: string | undefined; refused?: string } = {},
) {
  const query = new URLSearchParams({ kind });
  if (to) query.set('to', to);
  if (kind === 'SELL_UNITS' && units) query.set('units', units);
  if (key) query.set('key', key);
  if (refused) query.set('refused', refused);
  return localePath(locale, `/switch/${encodeURIComponent(name)}${page}?${query}${refused ? '#refused' : ''}`);
}
