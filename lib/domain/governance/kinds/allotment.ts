import { z } from 'zod';
import { sha256Text, slug } from './fields';

/** The run that allots a closed window starts. The applicant list is named by its hash, so that both sides sign the same list. */
export const allotment = z.strictObject({ offering: slug, listSha256: sha256Text });
export type Allotment = z.output<typeof allotment>;
