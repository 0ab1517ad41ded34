/** What a page's script gets when it asks to use a passkey: what the browser is to do, or the refusals in words. */
import type { Result } from '@/lib/result';
import type { FormState } from './form-state';

export type PasskeyOffer<Options> = { options: Options } | { refused: string[] };

/** Runs the form's way of checking around `offer`, whose value it keeps. */
export async function offerOf<Options>(
  handle: (keep: (result: Result<Options>) => Result<Options>) => Promise<FormState>,
): Promise<PasskeyOffer<Options>> {
  const kept: Options[] = [];
  const { errors } = await handle((result) => {
    if (result.ok) kept.push(result.value);
    return result;
  });
  const [options] = kept;
  return options === undefined ? { refused: errors.map(({ text }) => text) } : { options };
}
