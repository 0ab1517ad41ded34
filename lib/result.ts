/**
 * An expected refusal is a value, never an exception: a code with parameters, which each language words for itself
 * (messages/<locale>/errors.json; the codes are typed, so a text that is missing fails the type check).
 */
import type { Currency } from '@/lib/domain/states';
import type { ErrorCode } from '@/lib/i18n/types';

/** A value in a refusal's text. It is formatted where the reader's language is known, never where the refusal arises. */
export type RefusalParam =
  | string
  | number
  | { money: bigint; currency: Currency }
  | { units: bigint; unitDecimals: number }
  | { percentE4: bigint }
  | { instant: Date };

export type Refusal = {
  code: ErrorCode;
  /** Values for the text. */
  params?: Record<string, RefusalParam>;
  /** The form field beside which the text stands; without one it stands in the summary alone. */
  field?: string;
};

/** `more`: what else is wrong, where a form shows all of it at once. */
export type Refused = { ok: false; error: Refusal; more?: readonly Refusal[] };

export type Result<T> = { ok: true; value: T } | Refused;

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export const refuse = (code: ErrorCode, options: { params?: Refusal['params']; field?: string } = {}): Refused => ({
  ok: false,
  error: { code, ...options },
});

/** All that is wrong, in the order of the form's fields; null where nothing is. */
export function refuseAll(faults: readonly (Refusal | null | undefined)[]): Refused | null {
  const [error, ...more] = faults.flatMap((fault) => fault ?? []);
  return error ? { ok: false, error, more } : null;
}
