import { unitClasses } from '@/db/schema';
import type { Country, Currency, Locale } from '@/lib/domain/states';

/** A class as a page of a person needs it: its name, and how its units and price are written and multiplied (DOMAIN §2). */
export type ClassLine = {
  id: number;
  code: string;
  name: Record<Locale, string>;
  country: Country;
  currency: Currency;
  unitDecimals: number;
  quoteUnits: bigint;
  priceDecimals: number;
};

export const classColumns = {
  id: unitClasses.id,
  code: unitClasses.code,
  nameEn: unitClasses.nameEn,
  nameJa: unitClasses.nameJa,
  country: unitClasses.country,
  currency: unitClasses.currency,
  unitDecimals: unitClasses.unitDecimals,
  quoteUnits: unitClasses.quoteUnits,
  priceDecimals: unitClasses.priceDecimals,
};

export const classLine = ({
  nameEn,
  nameJa,
  ...row
}: Omit<ClassLine, 'name'> & { nameEn: string; nameJa: string }): ClassLine => ({
  ...row,
  name: { en: nameEn, ja: nameJa },
});
