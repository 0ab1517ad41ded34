/** Runs beside the page, so that a list of a million does not hold it up. The message that starts it says where the file is. */
import { checkText } from './check';
import type { Progress } from './check-state';

export type CheckRequest = { href: string; published: string };

const tell = (progress: Progress) => self.postMessage(progress);

self.addEventListener('message', async ({ data }: MessageEvent<CheckRequest>) => {
  try {
    const response = await fetch(data.href);
    if (!response.ok) return tell({ kind: 'failed' });
    for (const progress of checkText(await response.text(), data.published)) tell(progress);
  } catch {
    // No connection, or a file that ended in the middle: the page says that nothing was checked.
    tell({ kind: 'failed' });
  }
});
