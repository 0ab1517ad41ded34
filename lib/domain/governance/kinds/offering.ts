import { z } from 'zod';
import { slug } from './fields';

/**
 * A draft's terms are approved as they stand: `terms` is what the database's `offering_terms` says of the draft, every value of it, so that the
 * signatures are over the terms themselves. Execution refuses a draft that says anything else by then.
 */
export const offering = z.strictObject({
  offering: slug,
  terms: z.record(z.string(), z.union([z.string(), z.boolean(), z.null()])),
});
export type OfferingApproval = z.output<typeof offering>;
