/** A small fund for database tests and benchmarks: two classes, a prospectus, offerings and investors as a test asks for them. */
import { randomUUID } from 'node:crypto';
import type { Country, Currency, InvestorStatus, OfferingMethod, OfferingState, Role } from '@/lib/domain/states';
import type { OrderCall } from './commands/orders';
import type { Sql, TransactionSql } from './connect';

export const ASSETS = { USD: 1, JPY: 2, US: 11, JP: 12 } as const;
export const CLASSES = { US: 1, JP: 2 } as const;

/** As in DOMAIN §2: shares with 3 decimals priced per share to 4 decimals, and whole 口 priced per 10,000. */
export const QUOTATION = {
  US: { currency: 'USD', unitDecimals: 3, quoteUnits: 1_000n, priceDecimals: 4 },
  JP: { currency: 'JPY', unitDecimals: 0, quoteUnits: 10_000n, priceDecimals: 0 },
} as const;

/** Funds, classes, assets, a mid rate of 150 yen ± 25 sen, and one prospectus with both texts. */
export async function setFund(owner: Sql): Promise<{ prospectusId: number }> {
  await owner.begin(async (sql) => {
    await sql`insert into funds (id, slug, name_en, name_ja, inception_date, debt_usd_minor) values (1, 'fund', 'Fund', 'ファンド', '2026-01-01', 0)`;
    await sql`insert into assets (id, code, kind, decimals) values (1, 'USD', 'CURRENCY', 2), (2, 'JPY', 'CURRENCY', 0), (11, 'WKU', 'UNIT', 3), (12, 'WKJ', 'UNIT', 0)`;
    await sql`insert into unit_classes (id, fund_id, code, name_en, name_ja, country, currency, currency_asset_id, unit_asset_id, unit_decimals,
        quote_units, price_decimals, time_zone, cut_off, settlement_days, authorised_units) values
      (1, 1, 'US', 'US class', '米国クラス', 'US', 'USD', 1, 11, 3, 1000, 4, 'America/New_York', '16:00', 2, 9000000000000000),
      (2, 1, 'JP', 'Japan class', '日本クラス', 'JP', 'JPY', 2, 12, 0, 10000, 0, 'Asia/Tokyo', '15:00', 2, 9000000000000000)`;
    await sql`insert into fx_rates (rate_date, jpy_per_usd_e4, spread_sen, published_at) values ('2026-01-05', 1500000, 25, '2026-01-05T01:00:00Z')`;
    await sql`insert into document_versions (id, fund_id, kind, slug, version, published_at) overriding system value values (1, 1, 'PROSPECTUS', 'prospectus', 1, '2026-01-01')`;
    await sql`insert into document_texts (document_version_id, locale, title, body, sha256)
      select 1, l, 'Prospectus', 'Text ' || l, encode(sha256(convert_to('Text ' || l, 'UTF8')), 'hex') from unnest(array['en', 'ja']::locale[]) l`;
  });
  return { prospectusId: 1 };
}

export type OfferingScene = {
  country: Country;
  price: bigint;
  sizeUnits: bigint;
  lotUnits: bigint;
  minUnits: bigint;
  maxUnits: bigint;
  state: OfferingState;
  method: OfferingMethod;
  opensAt: Date;
  closesAt: Date;
};

let made = 0;

/** An open first-come offering at 10 dollars a share, or 10,000 yen per 10,000口, unless said otherwise. Returns its id. */
export async function addOffering(owner: Sql | TransactionSql, options: Partial<OfferingScene> = {}): Promise<number> {
  made += 1;
  const o: OfferingScene = {
    country: 'US',
    price: options.country === 'JP' ? 10_000n : 100_000n,
    sizeUnits: 1_000_000_000n,
    lotUnits: 1n,
    minUnits: 1n,
    maxUnits: 1_000_000_000n,
    state: 'OPEN',
    method: 'FIRST_COME',
    opensAt: new Date('2026-01-01T00:00:00Z'),
    closesAt: new Date('2100-01-01T00:00:00Z'),
    ...options,
  };
  const [row] = await owner<[{ id: number }]>`
    insert into offerings (slug, class_id, name_en, name_ja, method, state, price, size_units, lot_units, min_units, max_units, opens_at, closes_at, prospectus_id)
    values (${`offering-${made}`}, ${CLASSES[o.country]}, 'Offering', '募集', ${o.method}, ${o.state}, ${o.price}, ${o.sizeUnits}, ${o.lotUnits},
      ${o.minUnits}, ${o.maxUnits}, ${o.opensAt}, ${o.closesAt}, 1) returning id`;
  return row.id;
}

export type InvestorScene = { country: Country; status: InvestorStatus; opened: boolean; agreed: boolean };

/** Eligible residents of the US who have opened the prospectus, unless said otherwise; without cash. Returns the ids of `count` new ones. */
export async function addInvestors(owner: Sql, count: number, options: Partial<InvestorScene> = {}): Promise<bigint[]> {
  const scene: InvestorScene = { country: 'US', status: 'ELIGIBLE', opened: true, agreed: false, ...options };
  const rows = await owner<{ id: bigint }[]>`
    with made as (
      insert into users (email, password_hash, locale)
      select 'i' || nextval(pg_get_serial_sequence('users', 'id')) || '@example.invalid', '-', 'en' from generate_series(1, ${count})
      returning id
    ), investor as (
      insert into investors (investor_id, identity_state, status, status_reason, residence, country)
      select id, 'APPROVED', ${scene.status}, 'all-met', ${scene.country}, ${scene.country} from made
    ), consent as (
      insert into consents (investor_id, document_version_id, act, locale, sha256)
      select id, 1, act, 'en', (select sha256 from document_texts where document_version_id = 1 and locale = 'en')
        from made, unnest(array['OPENED', 'AGREED']) act
       where (act = 'OPENED' and ${scene.opened}) or (act = 'AGREED' and ${scene.agreed})
    )
    select id from made order by id`;
  return rows.map(({ id }) => id);
}

/** Pays cash in through the ledger, as the site does. */
export async function fund(
  owner: Sql,
  investorIds: readonly bigint[],
  currency: Currency,
  amountMinor: bigint,
): Promise<void> {
  await owner`
    select d.code from unnest(${`{${investorIds.join(',')}}`}::text::bigint[]) as i (id)
     cross join lateral deposit_cash(i.id, gen_random_uuid(), ${currency}::text::currency, ${amountMinor}) d`;
}

export type StaffScene = { role: Exclude<Role, 'CITIZEN'>; side: Country | null; personId: string };

/** A member of staff who has just signed in, second step and all: an operator of the US side, a person of their own, unless said otherwise. */
export async function addStaff(
  owner: Sql,
  options: Partial<StaffScene> = {},
): Promise<{ userId: bigint; sessionId: string; personId: string }> {
  const role = options.role ?? 'OPERATOR';
  const side = role === 'OPERATOR' ? (options.side ?? 'US') : null;
  const [made] = await owner<[{ userId: bigint; sessionId: string; personId: string }]>`
    with account as (
      insert into users (email, password_hash, email_verified_at, role, side, locale)
      values ('s' || nextval(pg_get_serial_sequence('users', 'id')) || '@example.invalid', '-', app_now(), ${role}, ${side}, 'en') returning id
    ), member as (
      insert into staff (user_id, person_id, display_name)
      select id, coalesce(${options.personId ?? null}::uuid, gen_random_uuid()), 'Staff ' || id from account returning person_id
    ), session as (
      insert into sessions (id, user_id, role, user_agent, second_factor_at)
      select gen_random_uuid(), id, ${role}, 'test', statement_timestamp() from account returning id
    )
    select account.id as "userId", session.id as "sessionId", member.person_id as "personId" from account, session, member`;
  return made;
}

/** An order as a test means it unless it says otherwise: a thousand parts, at the price of `addOffering`, with consent. */
export const orderCall = (investorId: bigint, offeringId: number, more: Partial<OrderCall> = {}): OrderCall => ({
  investorId,
  key: randomUUID(),
  offeringId,
  kind: 'BUY_UNITS',
  asked: 1_000n,
  price: 100_000n,
  termsVersion: 1,
  locale: 'en',
  consent: true,
  ...more,
});
