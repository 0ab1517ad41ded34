/**
 * The draft of an offering (DOMAIN §5) as it is typed, and what is wrong with it. The rules are those that the covenant's approvers rely on and that
 * the database holds by constraints; here each is said beside its field, all at once.
 */
import { type NumberRefusal, parseUnits } from '../money/parse';
import { amountForUnits, type ClassQuotation } from '../orders/pricing';
import { hasUnseenCharacters, lengthOf } from '../people/text';
import { OFFERING_METHODS, type OfferingMethod } from '../states';
import { instantOf } from './local-time';

/** As the form gives it, every value a text. */
export type TypedDraft = Record<
  | 'slug'
  | 'nameEn'
  | 'nameJa'
  | 'method'
  | 'price'
  | 'sizeUnits'
  | 'upsizeUnits'
  | 'showDemand'
  | 'lotUnits'
  | 'minUnits'
  | 'maxUnits'
  | 'opensAt'
  | 'closesAt'
  | 'revealBy',
  string
>;

/** Units and price are smallest parts of the class. */
export type DraftTerms = {
  slug: string;
  nameEn: string;
  nameJa: string;
  method: OfferingMethod;
  price: bigint;
  sizeUnits: bigint;
  /** What a window may allot beyond its size when more is asked for; declared beforehand. */
  upsizeUnits: bigint;
  /** Whether a window says while it is open how much has been asked for. */
  showDemand: boolean;
  lotUnits: bigint;
  minUnits: bigint;
  maxUnits: bigint;
  opensAt: Date;
  closesAt: Date;
  /** Until when the sides of a window reveal their secrets; null leaves it to the rule, a day after the close. */
  revealBy: Date | null;
};

export type DraftClass = ClassQuotation & { timeZone: string };

export type DraftRefusal = {
  code:
    | NumberRefusal['code']
    | 'text.too-long'
    | 'text.unseen'
    | 'form.invalid'
    | 'draft.slug'
    | 'draft.time'
    | 'draft.window'
    | 'draft.past'
    | 'draft.reveal'
    | 'draft.lots'
    | 'draft.window-only'
    | 'draft.minimum'
    | 'draft.maximum'
    | 'draft.too-much'
    | 'draft.japanese'
    | 'draft.latin';
  field: keyof TypedDraft;
  params?: Record<string, string | number>;
};

export const NAME_MAX = 80;
/** Keeps units × price inside int8, as the table does. */
const MOST = 90_000_000_000_000_000n;

const JAPANESE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/** All of it, or everything that is wrong with it, at most one thing a field. */
export function readDraft(
  typed: TypedDraft,
  unitClass: DraftClass,
  now: Date,
): { ok: true; terms: DraftTerms } | { ok: false; refusals: DraftRefusal[] } {
  const refusals: DraftRefusal[] = [];
  const refuse = (field: keyof TypedDraft, code: DraftRefusal['code'], params?: DraftRefusal['params']) => {
    if (!refusals.some((known) => known.field === field)) refusals.push({ code, field, ...(params && { params }) });
  };
  const slug = typed.slug.trim();
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || slug.length > 60)
    refuse('slug', slug === '' ? 'form.required' : 'draft.slug');
  const name = (field: 'nameEn' | 'nameJa'): string => {
    // Not folded: full-width brackets belong in a Japanese name.
    const text = typed[field].trim();
    if (text === '') refuse(field, 'form.required');
    else if (text.length > 4 * NAME_MAX || lengthOf(text) > NAME_MAX) refuse(field, 'text.too-long', { max: NAME_MAX });
    else if (hasUnseenCharacters(text)) refuse(field, 'text.unseen');
    // A text that landed in the other language's box would be published as it is.
    else if (JAPANESE.test(text) !== (field === 'nameJa'))
      refuse(field, field === 'nameJa' ? 'draft.japanese' : 'draft.latin');
    return text;
  };
  const number = (field: 'price' | 'sizeUnits' | 'upsizeUnits' | 'lotUnits' | 'minUnits' | 'maxUnits'): bigint => {
    const parsed =
      field === 'price'
        ? parseUnits(typed.price, unitClass.priceDecimals, field)
        : parseUnits(typed[field], unitClass.unitDecimals, field);
    if (parsed.ok) return parsed.value;
    refuse(field, parsed.error.code, parsed.error.params);
    return 0n;
  };
  const time = (field: 'opensAt' | 'closesAt' | 'revealBy'): Date => {
    const at = instantOf(typed[field], unitClass.timeZone);
    if (!at) refuse(field, typed[field].trim() === '' ? 'form.required' : 'draft.time');
    return at ?? now;
  };
  const method = OFFERING_METHODS.find((known) => known === typed.method);
  if (!method) refuse('method', 'form.invalid');
  const terms: DraftTerms = {
    slug,
    nameEn: name('nameEn'),
    nameJa: name('nameJa'),
    method: method ?? 'FIRST_COME',
    price: number('price'),
    sizeUnits: number('sizeUnits'),
    // None is the rule, and is left empty or typed as 0.
    upsizeUnits: /^[0０]?$/.test(typed.upsizeUnits.trim()) ? 0n : number('upsizeUnits'),
    showDemand: typed.showDemand === 'yes',
    lotUnits: number('lotUnits'),
    minUnits: number('minUnits'),
    maxUnits: number('maxUnits'),
    opensAt: time('opensAt'),
    closesAt: time('closesAt'),
    revealBy: typed.revealBy.trim() === '' ? null : time('revealBy'),
  };
  for (const { field, code } of contradictions(terms, now)) {
    // What could not be read contradicts nothing.
    if (!refusals.some((known) => known.field === field)) refuse(field, code);
  }
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, terms };
}

function contradictions(
  {
    method,
    price,
    sizeUnits,
    upsizeUnits,
    showDemand,
    lotUnits,
    minUnits,
    maxUnits,
    opensAt,
    closesAt,
    revealBy,
  }: DraftTerms,
  now: Date,
): { field: keyof TypedDraft; code: DraftRefusal['code'] }[] {
  const found: { field: keyof TypedDraft; code: DraftRefusal['code'] }[] = [];
  const add = (wrong: boolean, field: keyof TypedDraft, code: DraftRefusal['code']) => {
    if (wrong) found.push({ field, code });
  };
  const isLots = (units: bigint) => lotUnits > 0n && units % lotUnits === 0n;
  add(lotUnits > 0n && !isLots(sizeUnits), 'sizeUnits', 'draft.lots');
  add(lotUnits > 0n && !isLots(upsizeUnits), 'upsizeUnits', 'draft.lots');
  add(method === 'FIRST_COME' && upsizeUnits > 0n, 'upsizeUnits', 'draft.window-only');
  add(method === 'FIRST_COME' && showDemand, 'showDemand', 'draft.window-only');
  add(lotUnits > 0n && !isLots(minUnits), 'minUnits', 'draft.lots');
  add(lotUnits > 0n && !isLots(maxUnits), 'maxUnits', 'draft.lots');
  add(sizeUnits > 0n && minUnits > sizeUnits, 'minUnits', 'draft.minimum');
  add(maxUnits > 0n && minUnits > maxUnits, 'maxUnits', 'draft.maximum');
  add(maxUnits * price > MOST, 'maxUnits', 'draft.too-much');
  add(opensAt <= now, 'opensAt', 'draft.past');
  add(closesAt <= opensAt, 'closesAt', 'draft.window');
  add(revealBy !== null && revealBy <= closesAt, 'revealBy', 'draft.reveal');
  add(method === 'FIRST_COME' && revealBy !== null, 'revealBy', 'draft.window-only');
  return found;
}

/** What the whole offering brings in if all of it is sold, smallest part of the currency. */
export const proceedsOf = (terms: Pick<DraftTerms, 'sizeUnits' | 'price'>, unitClass: ClassQuotation): bigint =>
  amountForUnits(terms.sizeUnits, terms.price, unitClass);
