import { z } from 'zod';
import { classPrices, dateText, integerText, remark } from './fields';

/** A day's value is published although its check stopped it. The figures are those of the revision that is held, so that both sides sign them. */
export const navPublication = z.strictObject({
  navDate: dateText,
  revision: integerText,
  netAssetsUsdMinor: integerText,
  classes: classPrices,
  remark,
});
export type NavPublication = z.output<typeof navPublication>;
