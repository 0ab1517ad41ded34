import { parsePostalCode } from '@/lib/domain/people/places';
import type { Country } from '@/lib/domain/states';

export type FoundAddress = { postalCode: string; region: string; city: string; street: string };

/**
 * The address that a postal code stands for, from data in the package: nothing is asked of anybody (Japan Post's table; US ZIP codes).
 * Null for a code that is none or that the data does not know. The data is loaded when first asked for: ten megabytes are not needed
 * by most processes.
 */
export async function findAddress(country: Country, raw: string): Promise<FoundAddress | null> {
  const postalCode = parsePostalCode(country, raw);
  if (!postalCode) return null;
  if (country === 'JP') {
    const { getAddress } = await import('yubin');
    const found = getAddress(postalCode);
    if (!found) return null;
    // 「以下に掲載がない場合」 and notes in parentheses are remarks of the table, not part of a town's name.
    const town = found.town.replace(/（.*$/, '').replace(/^以下に掲載がない場合$/, '');
    return { postalCode, region: found.prefecture, city: found.city, street: town };
  }
  const { lookup } = (await import('zipcodes')).default;
  const found = lookup(postalCode.slice(0, 5));
  return found?.country === 'US' ? { postalCode, region: found.state, city: found.city, street: '' } : null;
}
