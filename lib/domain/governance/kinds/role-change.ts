import { z } from 'zod';
import { COUNTRIES, ROLES } from '../../states';
import { integerText, remark } from './fields';

/** An account gets another role or side; all its sessions end, and the signatures it has given on open proposals are void. */
export const roleChange = z
  .strictObject({ userId: integerText, role: z.enum(ROLES), side: z.enum(COUNTRIES).nullable(), remark })
  .refine(({ role, side }) => (role === 'OPERATOR') === (side !== null), { message: 'form.invalid', path: ['side'] });
export type RoleChange = z.output<typeof roleChange>;
