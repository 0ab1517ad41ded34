import { z } from 'zod';
import { integerText, remark } from './fields';

export const FREEZE_REASONS = ['court-order', 'suspected-fraud', 'own-request', 'deceased', 'sanctions'] as const;

/** An account is frozen: it can neither buy nor take money out until it is released. */
export const investorFreeze = z.strictObject({
  investorId: integerText,
  reason: z.enum(FREEZE_REASONS),
  remark,
});
export type InvestorFreeze = z.output<typeof investorFreeze>;
