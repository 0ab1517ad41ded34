import { batch } from '@/db/client';
import * as refunds from '@/db/commands/sale-refunds';
import { getOfferingById } from '@/db/queries/offerings';
import { LOCALES } from '@/lib/i18n/locale';
import { renderMail } from '@/lib/mail/templates';

/** Longer than any chunk takes; a worker that dies leaves its run to the next one after so long. Each chunk renews it. */
const LEASE_SECONDS = 120;

/**
 * For the job worker: gives everybody who bought in a first-come offering that was called off their cash back, with a mail, and answers how many
 * people. A run that another worker holds is left to it. Killed in between, the next call goes on where this one stopped.
 */
export async function refundSales(): Promise<number> {
  let people = 0;
  for (const offeringId of await batch((_, sql) => refunds.listUnfinishedRefunds(sql))) {
    people += await refundOffering(offeringId);
  }
  return people;
}

async function refundOffering(offeringId: number): Promise<number> {
  const fence = await batch((_, sql) => refunds.claimSaleRefund(sql, offeringId, LEASE_SECONDS));
  if (fence === null) return 0;
  try {
    const offering = await batch((db) => getOfferingById(db, offeringId));
    if (!offering) throw new Error(`Offering ${offeringId} is refunded and not there.`);
    const { name, currency, unitDecimals, classCode } = offering;
    for (let people = 0; ; ) {
      const chunk = await batch(async (_, sql) => {
        const outcomes = await refunds.listRefundOutcomes(sql, offeringId);
        // In both languages: who changes theirs at this moment has a mail all the same.
        const texts = outcomes.flatMap((outcome) =>
          LOCALES.map((locale) => ({
            ...outcome,
            locale,
            ...renderMail(locale, {
              kind: 'purchase-refunded',
              offering: name,
              currency,
              unitDecimals,
              askedUnits: outcome.units,
              units: outcome.units,
              costMinor: outcome.amountMinor,
              refundMinor: outcome.amountMinor,
              path: `/holdings/${classCode.toLowerCase()}`,
            }),
          })),
        );
        return refunds.refundSales(sql, offeringId, fence, 'purchase-refunded', texts);
      });
      people += chunk?.people ?? 0;
      if (chunk === null || chunk.finished) return people;
    }
  } finally {
    await batch((_, sql) => refunds.releaseSaleRefund(sql, offeringId, fence));
  }
}
