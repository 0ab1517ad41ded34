/** Twelve projects, invented like the rest. No sector holds more than 40 percent of what is at work, and no state more than 25 (the covenant). */

import { addDays, type IsoDate } from '@/lib/domain/calendar/dealing-days';
import type { ProjectSector } from '@/lib/domain/states';
import type * as schema from '../schema';
import { FUND_ID } from './fund';

const BILLION_USD = 100_000_000_000n;

/** Billions promised, how many percent of it are paid, and how many days after inception it was promised. */
type Project = [
  slug: string,
  en: string,
  ja: string,
  sector: ProjectSector,
  state: string,
  billions: bigint,
  paid: bigint,
  day: number,
];

const PROJECTS: Project[] = [
  ['brazos', 'Brazos Computing Campus', 'ブラゾス・データセンター', 'COMPUTING', 'TX', 60n, 55n, 30],
  ['new-river', 'New River Computing Park', 'ニューリバー・データセンター', 'COMPUTING', 'VA', 40n, 35n, 90],
  ['maumee', 'Maumee Computing Campus', 'モーミー・データセンター', 'COMPUTING', 'OH', 28n, 12n, 300],
  ['gila', 'Gila Chip Works', 'ヒラ半導体工場', 'CHIPS', 'AZ', 30n, 40n, 60],
  ['mohawk', 'Mohawk Valley Chip Works', 'モホークバレー半導体工場', 'CHIPS', 'NY', 24n, 20n, 210],
  ['panhandle', 'Panhandle Wind and Storage', 'パンハンドル風力・蓄電', 'POWER', 'TX', 18n, 70n, 45],
  ['sonora', 'Sonoran Solar and Storage', 'ソノラ太陽光・蓄電', 'POWER', 'AZ', 14n, 80n, 45],
  ['cumberland', 'Cumberland Small Reactors', 'カンバーランド小型原子炉', 'POWER', 'TN', 22n, 10n, 270],
  ['high-plains', 'High Plains Transmission', 'ハイプレーンズ送電線', 'GRID', 'WY', 20n, 30n, 150],
  ['puget', 'Puget Sound Container Port', 'ピュージェット湾コンテナ港', 'TRANSPORT', 'WA', 12n, 45n, 120],
  ['savannah', 'Savannah Deepwater Terminal', 'サバンナ大水深ターミナル', 'TRANSPORT', 'GA', 10n, 60n, 120],
  ['central-valley', 'Central Valley Rail Link', 'セントラルバレー鉄道', 'TRANSPORT', 'CA', 18n, 5n, 400],
];

export const projectRows = (inceptionDate: IsoDate): (typeof schema.projects.$inferInsert)[] =>
  PROJECTS.map(([slug, nameEn, nameJa, sector, usState, billions, paid, day], i) => ({
    id: i + 1,
    fundId: FUND_ID,
    slug,
    nameEn,
    nameJa,
    sector,
    usState,
    committedUsdMinor: billions * BILLION_USD,
    paidUsdMinor: (billions * BILLION_USD * paid) / 100n,
    committedOn: addDays(inceptionDate, day),
  }));
