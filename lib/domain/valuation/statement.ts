/**
 * A valuation that comes from outside: a CSV with one row, as an administrator sends it. What can be read in two ways is refused, never guessed at;
 * a value of nothing or less is read, because the check has to say so in public.
 */
import type { IsoDate } from '../calendar/dealing-days';

export type Statement = {
  date: IsoDate;
  netAssetsUsdMinor: bigint;
  /** Null: the day's published mid rate. */
  jpyPerUsdE4: bigint | null;
};

export const STATEMENT_HEADER = 'nav_date,net_assets_usd,usd_jpy';
/** Longer than any such file. */
const MAX_LENGTH = 400;
/** Net assets up to 100 trillion dollars, so that every product that is stored fits; cents. */
export const MOST_NET_ASSETS = 9_999_999_999_999_999n;
const AMOUNT = /^(-?)([0-9]{1,14})\.([0-9]{2})$/;
const RATE = /^([0-9]{1,4})\.([0-9]{1,4})$/;

export type StatementRefusal = { code: 'form.required' | 'valuation.file-shape' | 'valuation.file-numbers' };

/** A byte order mark, CR LF and a last line break are what spreadsheets write. */
export function readStatement(text: string): { ok: true; value: Statement } | { ok: false; error: StatementRefusal } {
  const refuse = (code: StatementRefusal['code']) => ({ ok: false as const, error: { code } });
  if (text.trim() === '') return refuse('form.required');
  if (text.length > MAX_LENGTH) return refuse('valuation.file-shape');
  const [header, row, ...rest] = text
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .trimEnd()
    .split('\n');
  if (header !== STATEMENT_HEADER || row === undefined || rest.length > 0) return refuse('valuation.file-shape');
  const [date = '', amount = '', rate = '', ...more] = row.split(',');
  if (more.length > 0 || row.split(',').length !== 3) return refuse('valuation.file-shape');
  const sum = AMOUNT.exec(amount);
  const mid = rate === '' ? null : RATE.exec(rate);
  if (!isDate(date) || !sum || (rate !== '' && !mid)) return refuse('valuation.file-numbers');
  const jpyPerUsdE4 = mid ? BigInt(`${mid[1]}${(mid[2] ?? '').padEnd(4, '0')}`) : null;
  if (jpyPerUsdE4 !== null && jpyPerUsdE4 < 100_000n) return refuse('valuation.file-numbers');
  return {
    ok: true,
    value: { date, netAssetsUsdMinor: BigInt(`${sum[1]}${sum[2]}${sum[3]}`), jpyPerUsdE4 },
  };
}

function isDate(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const at = new Date(`${text}T12:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}
