import { withStaff } from '@/db/client';
import { appNow } from '@/db/queries/clock';
import {
  type AllotmentRun,
  getAllotmentRun,
  getOpenAllotment,
  type OpenAllotment,
  type PreviewJson,
  previewAllotment,
} from '@/db/queries/desk/draw';
import { getOfferingLine, type OfferingLine } from '@/db/queries/desk/offerings';
import { getResult, type ResultView } from '@/db/queries/results';
import type { Country } from '@/lib/domain/states';
import type { StaffSession } from './read-as-staff';
import { mayPropose } from './view-proposals';

export type { AllotmentRun, PreviewJson };

export type DeskDraw = {
  offering: OfferingLine;
  result: ResultView;
  /** From the list to the start of the run, which publishes its own figures: a page that follows a run must not work these out again and again. */
  preview: PreviewJson | null;
  run: AllotmentRun | null;
  /** The proposal to allot that waits for signatures. */
  open: OpenAllotment | null;
  /** What the reader may do now; the database asks again. */
  may: { commit: boolean; reveal: boolean; propose: boolean };
};

type Viewer = StaffSession & { side: Country | null };

/** The draw and the allotment of a window that both sides have approved; null where there is none of this short name. */
export const viewDeskDraw = (viewer: Viewer, slug: string): Promise<DeskDraw | null> =>
  withStaff(viewer.sessionId, async (db) => {
    const [offering, result, now] = await Promise.all([getOfferingLine(db, slug), getResult(db, slug), appNow(db)]);
    if (!offering || !result || offering.method === 'FIRST_COME') return null;
    const [run, open] = await Promise.all([getAllotmentRun(db, offering.id), getOpenAllotment(db, slug)]);
    const own = viewer.role === 'OPERATOR' ? result.commitments.find(({ side }) => side === viewer.side) : undefined;
    const waits = offering.state === 'CLOSED' && result.list !== null && run === null;
    const preview = waits ? await previewAllotment(db, offering.id) : null;
    return {
      ...{ offering, result, preview, run, open },
      may: {
        commit: own?.commitment === null && ['APPROVED', 'OPEN'].includes(offering.state) && now < offering.closesAt,
        reveal: !!own?.commitment && own.secret === null && waits && now < (result.list?.revealBy ?? now),
        propose: waits && open === null && mayPropose(viewer.role),
      },
    };
  });

/** The figures that the signers of an allotment sign for; before the pulse the second signature waits. Null where the list does not stand. */
export const viewAllotmentPreview = (
  session: StaffSession,
  slug: string,
): Promise<{ offering: OfferingLine; preview: PreviewJson; pulseAt: Date; waits: boolean } | null> =>
  withStaff(session.sessionId, async (db) => {
    const [offering, result, now] = await Promise.all([getOfferingLine(db, slug), getResult(db, slug), appNow(db)]);
    if (!offering || !result?.list) return null;
    const preview = await previewAllotment(db, offering.id);
    const { pulseAt } = result.list;
    return preview && { offering, preview, pulseAt, waits: now < pulseAt };
  });
