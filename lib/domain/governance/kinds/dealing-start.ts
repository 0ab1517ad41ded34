import { z } from 'zod';
import { classCode, dateText, remark } from './fields';

/** Orders of a class at net asset value begin on a dealing day; until it is the next one, the day can be moved. */
export const dealingStart = z.strictObject({ class: classCode, dealingFrom: dateText, remark });
export type DealingStart = z.output<typeof dealingStart>;
