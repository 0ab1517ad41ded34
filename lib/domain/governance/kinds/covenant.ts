import { z } from 'zod';
import { COVENANT_LIMITS } from '../../states';
import { remark } from './fields';

/** Parts of ten thousand; debt may be up to ten times what the owners put in. */
const limitText = z.string().regex(/^(0|[1-9][0-9]{0,4}|100000)$/);

/** New values of the limits that change; the others stay. What the fund is today has to hold under them. */
export const covenant = z.strictObject({
  limits: z
    .partialRecord(z.enum(COVENANT_LIMITS), limitText)
    .refine((limits) => Object.keys(limits).length > 0, 'form.required'),
  remark,
});
export type CovenantChange = z.output<typeof covenant>;
