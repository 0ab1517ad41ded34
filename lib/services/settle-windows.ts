import { BATCH_LANES, batch } from '@/db/client';
import * as allotments from '@/db/commands/allotments';
import { getOfferingById, type OfferingView } from '@/db/queries/offerings';
import { renderMail } from '@/lib/mail/templates';

/** Longer than any step takes; a worker that dies leaves its run to the next one after so long. Each step renews it. */
const LEASE_SECONDS = 120;

/** For the job worker: the lists of applicants of windows that have closed, and the demand of those that show it. Answers how many lists. */
export function listClosedWindows(): Promise<number> {
  return batch(async (_, sql) => {
    await allotments.countDemand(sql);
    return allotments.listClosedWindows(sql);
  });
}

/**
 * For the job worker: takes every step that is left of the runs that have started, mails among them, and answers how many. A run that another
 * worker holds is left to it. Killed in between, the next call goes on where this one stopped.
 */
export async function advanceAllotments(): Promise<number> {
  let steps = 0;
  for (const offeringId of await batch((_, sql) => allotments.listUnfinishedAllotments(sql))) {
    steps += await advanceRun(offeringId);
  }
  return steps;
}

async function advanceRun(offeringId: number): Promise<number> {
  const fence = await batch((_, sql) => allotments.claimAllotment(sql, offeringId, LEASE_SECONDS));
  if (fence === null) return 0;
  try {
    for (let steps = 1; ; steps += 1) {
      const progress = await advance(offeringId, fence);
      if (progress === null || progress.step === 'DONE') return steps;
      if (progress.step === 'POST') {
        await postChunks(offeringId, fence);
        steps += progress.chunks - progress.chunksDone;
      }
      if (progress.step === 'MAIL') return steps + (await writeMails(offeringId, fence));
    }
  } finally {
    await batch((_, sql) => allotments.releaseAllotment(sql, offeringId, fence));
  }
}

const advance = (offeringId: number, fence: number) =>
  batch((_, sql) => allotments.advanceAllotment(sql, offeringId, fence));

/** The chunks of a run that stands at POST, in lanes side by side. A lane that fails lets the others end theirs. */
export async function postChunks(offeringId: number, fence: number): Promise<void> {
  const lanes = await Promise.allSettled(
    Array.from({ length: BATCH_LANES }, async () => {
      while ((await advance(offeringId, fence))?.step === 'POST');
    }),
  );
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
}

/** A mail to each applicant, a chunk at a time; each outcome is put into words once. */
async function writeMails(offeringId: number, fence: number): Promise<number> {
  const offering = await batch((db) => getOfferingById(db, offeringId));
  if (!offering) throw new Error(`Offering ${offeringId} has a run and is not there.`);
  for (let chunks = 1; ; chunks += 1) {
    const progress = await batch(async (_, sql) => {
      const outcomes = await allotments.listAllotmentOutcomes(sql, offeringId, fence);
      const kind = offering.state === 'CANCELLED' ? 'offering-cancelled' : 'allotment';
      const texts = outcomes.map((outcome) => ({ ...outcome, ...resultMail(kind, offering, outcome) }));
      return allotments.writeAllotmentMails(sql, offeringId, fence, kind, texts);
    });
    if (progress === null || progress.step === 'DONE') return chunks;
  }
}

function resultMail(
  kind: 'allotment' | 'offering-cancelled',
  { name, currency, unitDecimals, slug }: OfferingView,
  { locale, ...outcome }: allotments.AllotmentOutcome,
) {
  return renderMail(locale, {
    kind,
    offering: name,
    currency,
    unitDecimals,
    ...outcome,
    path: `/subscriptions/${slug}`,
  });
}
