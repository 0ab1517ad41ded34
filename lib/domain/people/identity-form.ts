/**
 * The identity check as it is filled in: three steps, each a strict schema whose messages are error codes. What is parsed here is what is kept;
 * what looks like an identity number never gets past it.
 */
import { z } from 'zod';
import type { Country } from '../states';
import { parseBirthDate } from './identity';
import { type NameFault, parseKana, parseName } from './names';
import { COUNTRY_CODES, parsePostalCode, regionsOf, sponsorCountry } from './places';
import { parseText, type TextFault } from './text';

export const IDENTITY_STEPS = ['residence', 'person', 'address'] as const;
export type IdentityStep = (typeof IDENTITY_STEPS)[number];

const CITY_MAX = 80;
const STREET_MAX = 120;

type Parsed = { ok: true; text: string } | { ok: false; fault: TextFault | NameFault };

/** A text field by one of the parsers; a fault becomes the code `text.<fault>`. */
function line(parse: (raw: string) => Parsed, max: number) {
  return z.string().transform((raw, context) => {
    const parsed = parse(raw);
    if (parsed.ok) return parsed.text;
    context.addIssue(
      parsed.fault === 'too-long'
        ? { code: 'too_big', origin: 'string', maximum: max, inclusive: true, message: 'text.too-long' }
        : { code: 'custom', message: `text.${parsed.fault}` },
    );
    return z.NEVER;
  });
}

const addressLine = (max: number) => line((raw) => parseText(raw, 'address', max), max);
/** Empty, or a line of an address. Not a union of the two: that would say that it fits neither, in place of what is wrong with the line. */
const optionalLine = (max: number) =>
  line((raw) => (raw.trim() === '' ? { ok: true, text: '' } : parseText(raw, 'address', max)), max).transform(
    (text) => text || null,
  );

const country = z.string().refine((code) => COUNTRY_CODES.includes(code), 'identity.choose');

export const residenceSchema = z
  .strictObject({
    residence: country,
    nationality: country,
    usPerson: z.enum(['yes', 'no'], 'identity.choose').transform((answer) => answer === 'yes'),
  })
  .superRefine(({ residence, nationality, usPerson }, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', path: ['usPerson'], message });
    if (usPerson) return;
    if (nationality === 'US') refuse('identity.us-citizen');
    else if (residence === 'US') refuse('identity.us-resident');
  });
export type ResidenceDetails = z.output<typeof residenceSchema>;

const name = line(parseName, 50);
const kana = line(parseKana, 50);
const birthPart = z.string().trim().min(1, 'form.required').max(10);
const birthParts = { birthYear: birthPart, birthMonth: birthPart, birthDay: birthPart };

/** Fields of the step "person"; residents of Japan also give the reading of their name. */
export const personFields = {
  JP: z.strictObject({ familyName: name, givenName: name, familyNameKana: kana, givenNameKana: kana, ...birthParts }),
  other: z.strictObject({ familyName: name, givenName: name, ...birthParts }),
};
export type PersonDetails = {
  familyName: string;
  givenName: string;
  familyNameKana: string | null;
  givenNameKana: string | null;
  birthDate: string;
};

/** The details of a person from the parsed fields; undefined if the date of birth is none. `today` is the date where they live. */
export function personDetails(
  fields: z.output<(typeof personFields)['JP']> | z.output<(typeof personFields)['other']>,
  today: string,
): PersonDetails | undefined {
  const { birthYear, birthMonth, birthDay, ...names } = fields;
  const birthDate = parseBirthDate(birthYear, birthMonth, birthDay, today);
  return birthDate === undefined ? undefined : { familyNameKana: null, givenNameKana: null, ...names, birthDate };
}

const postal = (of: Country) =>
  z.string().transform((raw, context) => {
    const code = parsePostalCode(of, raw);
    if (code !== undefined) return code;
    context.addIssue({ code: 'custom', message: of === 'JP' ? 'identity.postal-jp' : 'identity.postal-us' });
    return z.NEVER;
  });

const homeAddress = (of: Country) =>
  z.strictObject({
    postal: postal(of),
    region: z.string().refine((region) => regionsOf(of).includes(region), 'identity.choose'),
    city: addressLine(CITY_MAX),
    street: addressLine(STREET_MAX),
    building: optionalLine(STREET_MAX),
  });

/** The address as each country writes it. Elsewhere there is no region to choose, and a code only if the country has one. */
export const addressFields = {
  JP: homeAddress('JP'),
  US: homeAddress('US'),
  other: z.strictObject({
    postal: optionalLine(20),
    city: addressLine(CITY_MAX),
    street: addressLine(STREET_MAX),
    building: optionalLine(STREET_MAX),
  }),
};
export type AddressDetails = {
  postalCode: string | null;
  region: string | null;
  city: string;
  street: string;
  building: string | null;
};

export function addressDetails(fields: z.output<(typeof addressFields)[keyof typeof addressFields]>): AddressDetails {
  const { postal: postalCode, ...rest } = fields;
  return { region: null, ...rest, postalCode };
}

type Filled = {
  residence: string | null;
  nationality: string | null;
  usPerson: boolean | null;
  familyName: string | null;
  givenName: string | null;
  familyNameKana: string | null;
  birthDate: string | null;
  postalCode: string | null;
  region: string | null;
  city: string | null;
  street: string | null;
};

/** Steps that are not filled in yet, in their order. */
export function missingSteps(filled: Filled): IdentityStep[] {
  const home = sponsorCountry(filled.residence) !== null;
  const missing: Record<IdentityStep, boolean> = {
    residence: !filled.residence || !filled.nationality || filled.usPerson === null,
    person:
      !filled.familyName ||
      !filled.givenName ||
      !filled.birthDate ||
      (filled.residence === 'JP' && !filled.familyNameKana),
    address: !filled.city || !filled.street || (home && (!filled.postalCode || !filled.region)),
  };
  return IDENTITY_STEPS.filter((step) => missing[step]);
}
