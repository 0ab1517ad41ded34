import { withStaff } from '@/db/client';
import { getDocument } from '@/db/queries/fund';
import { getDraftTerms, getHolidayName, getToday } from '@/db/queries/governance';
import { COVENANT_LIMITS, type CovenantLimit, type ProposalKind } from '@/lib/domain/states';
import { ok, type Result, refuse } from '@/lib/result';
import { type StaffActor, sha256Hex } from './proposal-result';

/** What the forms of all kinds can send. Each kind takes what it needs. */
export type KindFields = Partial<
  Record<
    | 'investorId'
    | 'reason'
    | 'remark'
    | 'member'
    | 'post'
    | 'offering'
    | 'document'
    | 'unitClass'
    | 'dealingFrom'
    | 'market'
    | 'holiday'
    | 'change'
    | 'nameEn'
    | 'nameJa'
    | 'reasonEn'
    | 'reasonJa'
    | 'titleEn'
    | 'bodyEn'
    | 'titleJa'
    | 'bodyJa'
    | `limit${CovenantLimit}`,
    string
  >
>;

/**
 * The payload that a form means; what it leaves to be looked up (a draft's terms, the next version's number) is read now. Whether it is one of its
 * kind is for the schema to say.
 */
export async function payloadOfForm(
  actor: StaffActor,
  kind: ProposalKind,
  fields: KindFields,
): Promise<Result<Record<string, unknown>>> {
  const remark = clean(fields.remark);
  if (!WITHOUT_REMARK.includes(kind) && !remark) return refuse('form.required', { field: 'remark' });
  switch (kind) {
    case 'INVESTOR_FREEZE':
    case 'INVESTOR_UNFREEZE': {
      const investorId = clean(fields.investorId).normalize('NFKC');
      if (!/^[1-9][0-9]{0,17}$/.test(investorId)) return refuse('proposal.no-such-account', { field: 'investorId' });
      return ok(kind === 'INVESTOR_FREEZE' ? { investorId, reason: fields.reason, remark } : { investorId, remark });
    }
    case 'ROLE_CHANGE': {
      const [role, side = null] = (fields.post ?? '').split('-');
      return ok({ userId: fields.member, role, side, remark });
    }
    case 'COVENANT':
      return covenantPayload(actor, fields, remark);
    case 'OFFERING': {
      const slug = fields.offering ?? '';
      const terms = await withStaff(actor.sessionId, (db) => getDraftTerms(db, slug));
      return terms ? ok({ offering: slug, terms }) : refuse('proposal.no-such-offering', { field: 'offering' });
    }
    case 'OFFERING_CANCEL':
      return ok({ offering: fields.offering, remark });
    case 'DEALING_START':
      return fields.dealingFrom
        ? ok({ class: fields.unitClass, dealingFrom: fields.dealingFrom, remark })
        : refuse('form.required', { field: 'dealingFrom' });
    case 'HOLIDAY_CHANGE':
      return holidayPayload(actor, fields);
    case 'DOCUMENT_VERSION':
      return documentPayload(actor, fields);
    // From pages of their own, which know what is proposed.
    case 'ALLOTMENT':
    case 'NAV_PUBLICATION':
    case 'NAV_CORRECTION':
      return refuse('proposal.invalid');
  }
}

/** What they say is for the public, or is looked up. */
const WITHOUT_REMARK: readonly ProposalKind[] = ['OFFERING', 'DOCUMENT_VERSION', 'HOLIDAY_CHANGE'];

/** Browsers send line breaks as CR LF. */
const clean = (text: string | undefined): string => (text ?? '').replaceAll('\r\n', '\n').trim();

type Today = { limits?: Record<string, string> };

/** Percentages with up to two decimals; those that stay as they are do not stand in the proposal. */
async function covenantPayload(
  actor: StaffActor,
  fields: KindFields,
  remark: string,
): Promise<Result<Record<string, unknown>>> {
  const today = (await withStaff(actor.sessionId, (db) => getToday(db, 'fund:covenant', 'COVENANT'))) as Today | null;
  const limits: Record<string, string> = {};
  for (const name of COVENANT_LIMITS) {
    const typed = clean(fields[`limit${name}`]).normalize('NFKC');
    const parts = /^([0-9]{1,4})(?:\.([0-9]{1,2}))?$/.exec(typed);
    if (!parts) return refuse('amount.not-a-number', { params: { example: '12.5' }, field: `limit${name}` });
    const value = String(Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')));
    if (today?.limits?.[name] !== value) limits[name] = value;
  }
  return Object.keys(limits).length > 0 ? ok({ limits, remark }) : refuse('proposal.unchanged');
}

/** A holiday that is taken away has the name that it has; the form need not repeat it. */
async function holidayPayload(actor: StaffActor, fields: KindFields): Promise<Result<Record<string, unknown>>> {
  const { market = '', holiday = '', change } = fields;
  if (!holiday) return refuse('form.required', { field: 'holiday' });
  const listed =
    change === 'REMOVE' ? await withStaff(actor.sessionId, (db) => getHolidayName(db, market, holiday)) : null;
  if (change === 'REMOVE' && !listed) return refuse('holiday.not-listed', { field: 'holiday' });
  const words = {
    nameEn: listed?.en ?? clean(fields.nameEn),
    nameJa: listed?.ja ?? clean(fields.nameJa),
    reasonEn: clean(fields.reasonEn),
    reasonJa: clean(fields.reasonJa),
  };
  for (const [field, text] of Object.entries(words)) if (!text) return refuse('form.required', { field });
  return ok({ market, holiday, change, ...words });
}

async function documentPayload(actor: StaffActor, fields: KindFields): Promise<Result<Record<string, unknown>>> {
  const slug = fields.document ?? '';
  const today = await withStaff(actor.sessionId, (db) => getDocument(db, slug, 'en'));
  if (!today) return refuse('proposal.no-such-document', { field: 'document' });
  const text = (title: string | undefined, body: string | undefined) => {
    const words = clean(body);
    return { title: clean(title), body: words, sha256: sha256Hex(words) };
  };
  for (const name of ['titleEn', 'titleJa', 'bodyEn', 'bodyJa'] as const)
    if (!clean(fields[name])) return refuse('form.required', { field: name });
  return ok({
    slug,
    kind: today.kind,
    version: String(today.version + 1),
    en: text(fields.titleEn, fields.bodyEn),
    ja: text(fields.titleJa, fields.bodyJa),
  });
}
