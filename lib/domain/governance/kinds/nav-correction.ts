import { z } from 'zod';
import { classPrices, dateText, integerText, remark } from './fields';

/** A published value was wrong: `revision` is the one that it takes the place of, the figures are the right ones, and the prices follow from them. */
export const navCorrection = z.strictObject({
  navDate: dateText,
  revision: integerText,
  netAssetsUsdMinor: integerText,
  classes: classPrices,
  remark,
});
export type NavCorrection = z.output<typeof navCorrection>;
