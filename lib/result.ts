/**
 * An expected refusal is a value, never an exception: a code with parameters, which each language words for itself
 * (messages/<locale>/errors.json; the codes are typed, so a text that is missing fails the type check).
 */
import type { ErrorCode } from '@/lib/i18n/types';

export type Refusal = {
  code: ErrorCode;
  /** Values for the text: strings, and numbers already formatted for the reader. */
  params?: Record<string, string | number>;
  /** The form field beside which the text stands; without one it stands in the summary alone. */
  field?: string;
};

export type Result<T> = { ok: true; value: T } | { ok: false; error: Refusal };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export const refuse = (
  code: ErrorCode,
  options: { params?: Refusal['params']; field?: string } = {},
): { ok: false; error: Refusal } => ({ ok: false, error: { code, ...options } });
