/** Dealing at NAV as database tests take it on: the same functions as the job worker's, driven by hand. */
import { expect } from 'vitest';
import type { RedealStep } from '@/lib/domain/states';
import { advanceDealing, claimDealing, listUnfinishedDealing, releaseDealing } from './commands/dealing-runs';
import {
  advanceRedealing,
  claimRedealing,
  listRedealtOutcomes,
  listUnfinishedRedealing,
  releaseRedealing,
  writeRedealingMails,
} from './commands/redealing';
import type { Sql } from './connect';
import { setCouncil } from './test-council';

/** Takes every run on as far as it goes today, two steps side by side, and a lease for each two as if they were another worker's. */
export async function advanceAll(site: Sql): Promise<void> {
  for (const day of await listUnfinishedDealing(site)) {
    for (let waits = false; !waits; ) {
      const fence = await claimDealing(site, day, 60);
      if (fence === null) break;
      const lanes = await Promise.all([advanceDealing(site, day, fence), advanceDealing(site, day, fence)]);
      expect(lanes.every(({ ok }) => ok)).toBe(true);
      waits = lanes.every((advanced) => advanced.ok && advanced.waits);
      await releaseDealing(site, day, fence);
    }
  }
}

/** Deals a day again as far as it goes, a lease for each step, with a mail to each person whose figures changed. */
export async function redealAll(site: Sql): Promise<void> {
  for (const day of await listUnfinishedRedealing(site)) {
    for (let step: RedealStep | null = 'PRICE'; step !== 'DONE'; ) {
      const fence = (await claimRedealing(site, day, 60)) ?? expect.fail('The lease was not given back.');
      if (step !== 'MAIL') step = await advanceRedealing(site, day, fence);
      else {
        const outcomes = await listRedealtOutcomes(site, day, fence);
        const texts = outcomes.flatMap((one) =>
          (['en', 'ja'] as const).map((locale) => ({ ...one, locale, subject: 'x', body: 'y' })),
        );
        step = await writeRedealingMails(site, day, fence, 'day-redealt', texts);
      }
      expect(step).not.toBeNull();
      await releaseRedealing(site, day, fence);
    }
  }
}

/** What both sides signed so that a day is dealt again; their own tests say how. */
export async function executedCorrection(owner: Sql, site: Sql): Promise<string> {
  const council = await setCouncil(owner, site);
  const proposal = await council.freeze();
  for (const seat of [council.us2, council.jp]) await council.sign(seat, proposal);
  // A correction needs a fund that is valued, which this one is not: another act of both sides stands for it.
  await owner.begin(async (sql) => {
    await sql`alter table proposals disable trigger user`;
    await sql`update proposals set kind = 'NAV_CORRECTION' where id = ${proposal.id}`;
    await sql`alter table proposals enable trigger user`;
  });
  return proposal.id;
}

let made = 0;

/** A class like Japan's for one history alone. */
export async function addClass(
  owner: Sql,
  { authorised, levyE4 }: { authorised: bigint; levyE4: bigint },
): Promise<number> {
  made += 1;
  const [id, unit] = [10 + made, 100 + made];
  await owner`insert into assets (id, code, kind, decimals) values (${unit}, ${`UNIT-${made}`}, 'UNIT', 0)`;
  await owner`
    insert into unit_classes (id, fund_id, code, name_en, name_ja, country, currency, currency_asset_id, unit_asset_id, unit_decimals, quote_units,
        price_decimals, time_zone, cut_off, settlement_days, authorised_units, dealing_from, levy_e4)
    select ${id}, fund_id, ${`J${made}`}, name_en, name_ja, country, currency, currency_asset_id, ${unit}, unit_decimals, quote_units,
           price_decimals, time_zone, cut_off, settlement_days, ${authorised}::bigint, '2026-01-01', ${Number(levyE4)}::integer
      from unit_classes where id = 2`;
  await owner`insert into nav_prices (class_id, nav_date, price, net_assets_minor, published_at)
    values (${id}, '2026-04-01', 10000, 0, '2026-04-01T23:00:00Z')`;
  return id;
}
