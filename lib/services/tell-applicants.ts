import { batch } from '@/db/client';
import * as notices from '@/db/commands/document-notices';
import { getOfferingById } from '@/db/queries/offerings';
import { withdrawableUntil } from '@/lib/domain/subscriptions/decide';
import { LOCALES } from '@/lib/i18n/locale';
import { renderMail } from '@/lib/mail/templates';

/** Mails of one transaction. */
const CHUNK = 20_000;

/**
 * For the job worker: writes to everybody who subscribed before a new version of a window's prospectus, and answers how many heard of it. Killed in
 * between, the next call goes on with whoever is next.
 */
export async function tellApplicants(people = CHUNK): Promise<number> {
  let told = 0;
  for (const notice of await batch((_, sql) => notices.listDocumentNotices(sql))) {
    const offering = await batch((db) => getOfferingById(db, notice.offeringId));
    if (!offering) throw new Error(`Offering ${notice.offeringId} has a notice and is not there.`);
    const { prospectus, name, slug } = offering;
    const texts = LOCALES.map((locale) => ({
      locale,
      ...renderMail(locale, {
        kind: 'document-changed',
        offering: name,
        title: prospectus.title[locale],
        version: prospectus.version,
        until: withdrawableUntil(offering),
        document: `/documents/${prospectus.slug}/${prospectus.version}`,
        path: `/subscriptions/${slug}`,
      }),
    }));
    for (let finished = false; !finished; ) {
      const chunk = await batch((_, sql) => notices.tellApplicants(sql, notice, people, 'document-changed', texts));
      told += chunk.told;
      finished = chunk.finished;
    }
  }
  return told;
}
