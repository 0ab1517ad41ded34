/**
 * One way from a form to a service: read the fields, check them against a schema whose messages are error codes, run, and give
 * back what was typed with the refusals in the reader's language. Works the same with and without JavaScript.
 */
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { assertSameOrigin } from '@/lib/auth/origin';
import type { Locale } from '@/lib/domain/states';
import { LOCALES } from '@/lib/domain/states';
import { refusalText } from '@/lib/i18n/refusal';
import type { ErrorCode } from '@/lib/i18n/types';
import type { Refusal, Result } from '@/lib/result';
import { refuseWhenAway } from '@/lib/services/refusals';
import en from '@/messages/en/errors.json';
import { inOrderOfForm } from './form-order';
import type { FormState } from './form-state';

/** Never given back to the page. */
const SECRET = /password|secret|^code$/i;

/**
 * Reads the form against `schema` (a strict object: a field it does not know refuses the whole), then runs `act`.
 * `act` redirects on success or returns a refusal. Fields named `locale` and React's own are not the schema's concern.
 */
export async function handleForm<S extends z.ZodObject>(
  data: FormData,
  schema: S,
  act: (input: z.output<S>, locale: Locale) => Promise<Result<unknown> | undefined>,
): Promise<FormState> {
  const fields = readFields(data);
  const locale = z.enum(LOCALES).catch('en').parse(fields.get('locale'));
  fields.delete('locale');
  const values = Object.fromEntries(
    [...fields].filter(([name]) => !SECRET.test(name)).map(([name, value]) => [name, halfWidthFigure(value)]),
  );

  if (!(await assertSameOrigin())) return refused(locale, values, [{ code: 'form.forbidden-origin' }]);
  const parsed = schema.strict().safeParse(Object.fromEntries(fields));
  if (!parsed.success) return refused(locale, values, issuesToRefusals(parsed.error.issues, fields));
  // A read on the way to the service may find the database too busy, too; what was typed must not be lost by it.
  const result = await act(parsed.data as z.output<S>, locale).catch(refuseWhenAway);
  if (result && !result.ok) return refused(locale, values, [result.error, ...(result.more ?? [])]);
  return { attempt: Date.now(), errors: [], values };
}

/** A figure typed in full width is accepted and shown as it was read (LOOK); any other text stays as it was typed. */
const halfWidthFigure = (text: string): string =>
  /^[0-9０-９.．]+$/.test(text)
    ? text.replace(/[０-９．]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    : text;

function readFields(data: FormData): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of data) {
    if (name.startsWith('$ACTION') || typeof value !== 'string') continue;
    fields.set(name, value);
  }
  return fields;
}

function issuesToRefusals(issues: z.core.$ZodIssue[], fields: Map<string, string>): Refusal[] {
  const byField = new Map<string, Refusal>();
  for (const issue of issues) {
    const field = String(issue.path[0] ?? '');
    if (byField.has(field)) continue;
    const empty = field !== '' && !fields.get(field)?.trim();
    const code = isErrorCode(issue.message) ? issue.message : empty ? 'form.required' : 'form.invalid';
    const max = issue.code === 'too_big' ? { params: { max: Number(issue.maximum) } } : {};
    byField.set(field, {
      code: issue.code === 'too_big' && code === 'form.invalid' ? 'form.too-long' : code,
      ...max,
      ...(field && { field }),
    });
  }
  return inOrderOfForm([...byField.values()], [...fields.keys()]);
}

function isErrorCode(message: string): message is ErrorCode {
  let node: unknown = en;
  for (const part of message.split('.')) node = (node as Record<string, unknown> | undefined)?.[part];
  return typeof node === 'string';
}

async function refused(locale: Locale, values: Record<string, string>, refusals: Refusal[]): Promise<FormState> {
  const errors = await Promise.all(
    refusals.map(async (refusal) => {
      const text = await refusalText(locale, refusal);
      return { field: refusal.field, text, named: await namedText(locale, refusal, text) };
    }),
  );
  return { attempt: Date.now(), errors, values };
}

/** Texts that fit any field say in the summary which one they mean; those of one kind of field name it themselves. */
async function namedText(locale: Locale, { code, field }: Refusal, text: string): Promise<string | undefined> {
  if (!field || !/^(form|text|amount)\.|^identity\.choose$/.test(code)) return undefined;
  const t = await getTranslations({ locale, namespace: 'common' });
  const key = `fields.${field}` as 'fields.email';
  return t.has(key) ? t('form.named', { field: t(key), text }) : undefined;
}
