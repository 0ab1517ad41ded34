import { withInvestor } from '@/db/client';
import { getInvestor, type Investor } from '@/db/queries/people';

/** What the person has said of themselves so far. */
export const viewIdentity = ({ investorId }: { investorId: bigint }): Promise<Investor | null> =>
  withInvestor(investorId, (tx) => getInvestor(tx, investorId));
