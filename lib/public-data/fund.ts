/** The fund's public figures, kept for the static pages. */
import { cacheLife, cacheTag } from 'next/cache';
import { read } from '@/db/client';
import * as queries from '@/db/queries/fund';
import * as portfolio from '@/db/queries/portfolio';
import { getNewestValuation, type Hold, listHolds, type PublicValuation } from '@/db/queries/valuations';
import type { MidRate } from '@/lib/domain/money/conversion';
import type { OwnerGroup } from '@/lib/domain/states';
import { PUBLIC_TAGS } from './tags';

export type { NavPoint } from '@/db/queries/fund';
export type { ProjectView } from '@/db/queries/portfolio';
export type UnitClass = queries.UnitClassView;
export type ClassNav = UnitClass & {
  /** Oldest first. */
  prices: queries.NavPoint[];
};
export type Fund = Omit<queries.FundView, 'owners'> & {
  owners: { group: OwnerGroup; committedUsdMinor: bigint }[];
};

/** Owners and capital change by joint approval alone: an hour is soon. */
export async function getFund(): Promise<Fund> {
  'use cache';
  cacheLife({ stale: 300, revalidate: 3_600, expire: 86_400 });
  cacheTag(PUBLIC_TAGS.fund);
  const fund = await read(queries.getFund);
  if (!fund) throw new Error('There is no fund yet: the database has not been seeded.');
  const owners = fund.owners.map(({ ownerGroup, committedUsdMinor }) => ({ group: ownerGroup, committedUsdMinor }));
  return { ...fund, owners };
}

/** Each class with all its prices: one more a dealing day. */
export async function listClassNavs(): Promise<ClassNav[]> {
  'use cache';
  cacheLife({ stale: 300, revalidate: 60, expire: 3_600 });
  cacheTag(PUBLIC_TAGS.nav);
  return read(async (db) => {
    const classes = await queries.listUnitClasses(db);
    return Promise.all(classes.map(async (unit) => ({ ...unit, prices: await queries.listNavPrices(db, unit.id) })));
  });
}

export async function getMidRate(): Promise<MidRate> {
  'use cache';
  cacheLife({ stale: 300, revalidate: 60, expire: 3_600 });
  cacheTag(PUBLIC_TAGS.nav);
  const rate = await read(queries.getMidRate);
  if (!rate) throw new Error('There is no exchange rate yet: the database has not been seeded.');
  return rate;
}

/** The newest value of the fund, and the days that stand still: what the job or both sides make of a day shows within a minute. */
export async function getValuation(): Promise<{ newest: PublicValuation | null; holds: Hold[] }> {
  'use cache';
  cacheLife({ stale: 60, revalidate: 60, expire: 3_600 });
  cacheTag(PUBLIC_TAGS.nav);
  return read(async (db) => ({ newest: await getNewestValuation(db), holds: await listHolds(db) }));
}

/** What the fund owns; it changes with the owners' joint approval, like everything of the fund. */
export async function listProjects(): Promise<portfolio.ProjectView[]> {
  'use cache';
  cacheLife({ stale: 300, revalidate: 3_600, expire: 86_400 });
  cacheTag(PUBLIC_TAGS.fund);
  return read(portfolio.listProjects);
}
