/** Parts that payloads share. Integers are decimal strings, so that a payload has one way to be written down (canonical.ts). */
import { z } from 'zod';
import { CURRENCIES } from '../../states';

export const integerText = z.string().regex(/^(0|[1-9][0-9]{0,17})$/);
export const instantText = z.iso.datetime({ precision: 3 });
export const dateText = z.iso.date();
export const classCode = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,19}$/);
/** A class's price as it is read, with its currency: by the code of the class. */
export const classPrices = z.record(
  classCode,
  z.strictObject({ currency: z.enum(CURRENCIES), price: z.string().regex(/^(0|[1-9][0-9]{0,17})(\.[0-9]{1,8})?$/) }),
);
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(80);
export const sha256Text = z.string().regex(/^[0-9a-f]{64}$/);
/** A sentence for the other side; trimmed, because a space at an end would be another hash. */
export const remark = z
  .string()
  .min(1)
  .max(500)
  .refine((text) => text === text.trim() && !/[\p{Cc}\p{Surrogate}]/u.test(text.replaceAll('\n', '')), 'form.invalid');
