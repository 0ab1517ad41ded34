/** Recomputes a result file and tells how far it is. The worker's part: it brings the rules along. */
import { checkDraw } from '@/lib/domain/allotment/check-draw';
import { parseResultFile } from '@/lib/domain/allotment/result-file';
import type { Progress } from './check-state';

/**
 * `published` is the hash of the list as the page gives it: the file has to be about the applicants that were committed to at the close, not only
 * right in itself.
 */
export function* checkText(text: string, published: string): Generator<Progress, void> {
  const parsed = parseResultFile(text);
  if (!parsed.ok) {
    yield { kind: 'failed' };
    return;
  }
  const stated = parsed.file.draw.listSha256;
  for (const { id, difference } of checkDraw(parsed.file)) {
    const swapped = id === 'list' && !difference && stated !== published;
    const found = swapped ? { at: 'listSha256', stated, recomputed: published, others: 0 } : difference;
    yield { kind: 'check', check: { id, difference: found } };
  }
  yield { kind: 'end' };
}
