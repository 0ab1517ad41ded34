import { z } from 'zod';

/** The id of a notice as an address or a form carries it. */
export const noticeId = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt);
