import { z } from 'zod';
import { COUNTRIES } from '../../states';
import { dateText, remark } from './fields';

export const HOLIDAY_ACTS = ['ADD', 'REMOVE'] as const;
export type HolidayAct = (typeof HOLIDAY_ACTS)[number];

const name = remark.refine((text) => text.length <= 80 && !text.includes('\n'), 'form.invalid');

/**
 * One market has a holiday that no rule foresaw, or opens on one that stands in the table; `nameEn` and `nameJa` are then those that stand there. Both
 * languages are published at once.
 */
export const holidayChange = z.strictObject({
  market: z.enum(COUNTRIES),
  holiday: dateText,
  change: z.enum(HOLIDAY_ACTS),
  nameEn: name,
  nameJa: name,
  reasonEn: remark,
  reasonJa: remark,
});
export type HolidayChange = z.output<typeof holidayChange>;
