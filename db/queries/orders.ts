/** Where an investor stands before an order. Run inside withInvestor: row-level security shows nobody else's. */
import { sql } from 'drizzle-orm';
import type { Country, InvestorStatus } from '@/lib/domain/states';
import type { Database } from '../client';
import { firstRow } from './rows';

/** What the rules of an order ask about its buyer (lib/domain/orders/decide). */
export type BuyerView = {
  status: InvestorStatus;
  country: Country | null;
  suitabilityExpiresAt: Date | null;
  boughtUnits: bigint;
  availableMinor: bigint;
  openedProspectus: boolean;
  agreed: boolean;
};

/** Null when the person is no investor. */
export function getBuyer(db: Database, investorId: bigint, offeringId: number): Promise<BuyerView | null> {
  return firstRow<BuyerView>(
    db,
    sql`select i.status, i.country, i.suitability_expires_at as "suitabilityExpiresAt",
               coalesce((select sum(r.units) from orders r
                          where r.investor_id = i.investor_id and r.offering_id = o.id
                            and r.state not in ('REJECTED', 'CANCELLED', 'LAPSED')), 0)::bigint as "boughtUnits",
               coalesce(w.available, 0) as "availableMinor",
               exists (select 1 from consents s where s.investor_id = i.investor_id
                          and s.document_version_id = o.prospectus_id and s.act = 'OPENED') as "openedProspectus",
               exists (select 1 from consents s where s.investor_id = i.investor_id
                          and s.document_version_id = o.prospectus_id and s.act = 'AGREED') as "agreed"
          from investors i
          join offerings o on o.id = ${offeringId}
          join unit_classes c on c.id = o.class_id
          left join wallets w on w.investor_id = i.investor_id and w.asset_id = c.currency_asset_id
         where i.investor_id = ${investorId}::bigint`,
  );
}
