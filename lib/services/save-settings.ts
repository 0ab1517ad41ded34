import { withInvestor } from '@/db/client';
import { setDisplayCurrency, setLocale } from '@/db/commands/people';
import type { Currency, Locale } from '@/lib/domain/states';

/** The language of mails, and the currency in which sums are shown beside the class's own. */
export async function saveSettings(
  session: { userId: bigint },
  settings: { mailLocale: Locale; displayCurrency: Currency },
): Promise<void> {
  await withInvestor(session.userId, async (tx) => {
    await setLocale(tx, session.userId, settings.mailLocale);
    await setDisplayCurrency(tx, session.userId, settings.displayCurrency);
  });
}
