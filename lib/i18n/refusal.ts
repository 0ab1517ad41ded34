/** A refusal in the reader's words. */
import { getTranslations } from 'next-intl/server';
import type { Locale } from '@/lib/domain/states';
import type { Refusal, RefusalParam } from '@/lib/result';
import { formatDeadline, formatMoney, formatPercentE4, formatUnits } from './format';

function paramText(locale: Locale, value: RefusalParam): string | number {
  if (typeof value !== 'object') return value;
  if ('money' in value) return formatMoney(locale, value.money, value.currency);
  if ('units' in value) return formatUnits(locale, value.units, value.unitDecimals);
  if ('percentE4' in value) return formatPercentE4(locale, value.percentE4);
  return formatDeadline(locale, value.instant);
}

export async function refusalText(locale: Locale, refusal: Refusal): Promise<string> {
  const t = await getTranslations({ locale, namespace: 'errors' });
  const params = Object.fromEntries(
    Object.entries(refusal.params ?? {}).map(([name, value]) => [name, paramText(locale, value)]),
  );
  // The code is a typed key; which parameters it takes is known where it arises, so the compiler cannot pair them here.
  return (t as unknown as (key: string, values: typeof params) => string)(refusal.code, params);
}
