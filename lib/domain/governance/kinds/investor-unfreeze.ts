import { z } from 'zod';
import { integerText, remark } from './fields';

/** A frozen account is released; what it may do then follows from its own facts again. */
export const investorUnfreeze = z.strictObject({ investorId: integerText, remark });
export type InvestorUnfreeze = z.output<typeof investorUnfreeze>;
