import { z } from 'zod';
import { remark, slug } from './fields';

/** An offering is called off; whoever has cash in it gets all of it back. */
export const offeringCancel = z.strictObject({ offering: slug, remark });
export type OfferingCancel = z.output<typeof offeringCancel>;
