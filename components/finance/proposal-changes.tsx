/** What a proposal changes, in the reader's words: what stands there, and what would. */
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { DeskTable } from '@/components/ui/desk-table';
import { Written } from '@/components/ui/written';
import type { Canonical } from '@/lib/domain/governance/canonical';
import type { Payload } from '@/lib/domain/governance/kinds';
import type { HolidayChange } from '@/lib/domain/governance/kinds/holiday-change';
import type { NavPublication } from '@/lib/domain/governance/kinds/nav-publication';
import { textDifference } from '@/lib/domain/governance/text-difference';
import type { CovenantLimit, Currency, Locale } from '@/lib/domain/states';
import { formatDate, formatDecimalPrice, formatMoney, formatPercentE4, formatSignedUnits } from '@/lib/i18n/format';
import { termRows } from './offering-terms';

export type Change = { id: string; what: ReactNode; before: ReactNode; after: ReactNode };

/** As the database writes it down (`before` of an outcome, or today's state in the same shape). */
type From = {
  dealingFrom?: string | null;
  limits?: Partial<Record<CovenantLimit, string>>;
  role?: string;
  side?: string | null;
  status?: string;
  state?: string;
  version?: string;
  netAssetsUsdMinor?: string;
  classes?: Record<string, { currency: Currency; price: string }>;
  /** Of a correction: what it does to what was dealt on its day, by class. */
  redealing?: Record<string, Redealing>;
  /** Of a change of holidays: whether the day was and will be a dealing day, the next one, and all that moves. */
  dealt?: boolean;
  deals?: boolean;
  nextDealing?: string;
  moves?: HolidayMove[];
  records?: { class: string; from: string; to: string }[];
  en?: { title: string; body: string };
  ja?: { title: string; body: string };
};

type HolidayMove = {
  class: string;
  about: 'ORDER' | 'MONEY' | 'PLAN';
  buys: boolean;
  from: string;
  to: string;
  moneyFrom: string | null;
  moneyTo: string | null;
  orders: string;
};

type Redealing = {
  dealtAt: string;
  apartE4: string;
  redealt: boolean;
  orders: string;
  unitDecimals: string;
  currency: Currency;
  units: string;
  toHoldersMinor: string;
  fromHoldersMinor: string;
};

export async function ProposalChanges({
  locale,
  payload,
  name,
  from,
  over,
}: {
  locale: Locale;
  payload: Payload;
  /** Of the offering or the class that it is about. */
  name: Record<Locale, string> | null;
  from: Canonical | null;
  /** Whether it is no longer open: then the first column is what there was before. */
  over: boolean;
}) {
  const t = await getTranslations('governance.change');
  const before = (from ?? {}) as From;
  return (
    <div className="grid gap-4">
      <DeskTable
        caption={t('caption')}
        columns={[
          { key: 'what', label: t('what') },
          { key: 'before', label: over ? t('before') : t('today') },
          { key: 'after', label: t('after') },
        ]}
        rows={(await changes(locale, payload, name?.[locale], before)).map(({ id, what, before: old, after }) => ({
          id,
          cells: [what, old, after],
        }))}
        empty={t('none')}
      />
      {'en' in payload &&
        (['en', 'ja'] as const).map((language) => (
          <TextChange
            key={language}
            title={t(language === 'en' ? 'text-en' : 'text-ja')}
            language={language}
            before={before[language]?.body ?? ''}
            after={payload[language].body}
          />
        ))}
    </div>
  );
}

async function changes(locale: Locale, payload: Payload, name: string | undefined, from: From): Promise<Change[]> {
  const t = await getTranslations('governance');
  const states = await getTranslations('desk.offering-state');
  const status = await getTranslations('desk.investor-status');
  const none = <span className="text-soft">{t('change.none')}</span>;
  const row = (id: string, what: ReactNode, after: ReactNode, before: ReactNode = ''): Change => ({
    id,
    what,
    before: before ?? none,
    after,
  });
  const said = 'remark' in payload ? [row('remark', t('change.remark'), <Written>{payload.remark}</Written>)] : [];
  const state = from.state as Parameters<typeof states>[0] | undefined;

  if ('investorId' in payload) {
    const old = from.status as Parameters<typeof status>[0] | undefined;
    const freezes = 'reason' in payload;
    return [
      row('person', t('change.person'), t('change.number', { number: payload.investorId })),
      row('status', t('change.status'), freezes ? status('FROZEN') : t('change.released'), old ? status(old) : none),
      ...('reason' in payload ? [row('reason', t('change.reason'), t(`freeze.${payload.reason}`))] : []),
      ...said,
    ];
  }
  if ('userId' in payload) {
    const role = (name: string | undefined, side: string | null | undefined) => {
      const key = `role.${side ? `${name}-${side}` : name}` as 'role.MANAGER';
      return t.has(key) ? t(key) : none;
    };
    return [
      row('person', t('change.person'), t('change.number', { number: payload.userId })),
      row('role', t('change.role'), role(payload.role, payload.side), role(from.role, from.side)),
      ...said,
    ];
  }
  if ('navDate' in payload) return [...(await navRows(locale, payload, from)), ...said];
  if ('dealingFrom' in payload) {
    const day = (date: string | null | undefined) => (date ? formatDate(locale, date) : none);
    return [
      row('class', t('change.class'), name ?? <span lang="en">{payload.class}</span>),
      row('dealing-from', t('change.dealing-from'), day(payload.dealingFrom), day(from.dealingFrom)),
      ...said,
    ];
  }
  if ('holiday' in payload) return holidayRows(locale, payload, from);
  if ('limits' in payload) {
    const share = (value: string | undefined) => (value ? formatPercentE4(locale, BigInt(value)) : none);
    const names = Object.keys(payload.limits) as CovenantLimit[];
    return [
      ...names.map((name) => row(name, t(`limit.${name}`), share(payload.limits[name]), share(from.limits?.[name]))),
      ...said,
    ];
  }
  if ('terms' in payload) {
    const rows = await termRows(locale, payload.terms);
    return [
      row('state', t('change.state'), states('APPROVED'), state ? states(state) : none),
      ...rows.map(({ id, what, value }) => row(id, what, value)),
    ];
  }
  if ('en' in payload) {
    return [
      row('version', t('change.version'), payload.version, from.version ?? none),
      ...(['en', 'ja'] as const).flatMap((language) => [
        row(
          `title-${language}`,
          t(`change.title-${language}`),
          <span lang={language}>{payload[language].title}</span>,
          from[language] ? <span lang={language}>{from[language]?.title}</span> : '',
        ),
        row(`sha256-${language}`, t(`change.sha256-${language}`), <Hash text={payload[language].sha256} />),
      ]),
    ];
  }
  const offering = row('offering', t('change.offering'), name ?? <span lang="en">{payload.offering}</span>);
  if ('listSha256' in payload) return [offering, row('list', t('change.list'), <Hash text={payload.listSha256} />)];
  return [offering, row('state', t('change.state'), states('CANCELLED'), state ? states(state) : none), ...said];
}

/** A day's value: the sum, and the price of each class that follows from it. */
async function navRows(
  locale: Locale,
  {
    navDate,
    revision,
    netAssetsUsdMinor,
    classes,
  }: Pick<NavPublication, 'navDate' | 'revision' | 'netAssetsUsdMinor' | 'classes'>,
  from: From,
): Promise<Change[]> {
  const t = await getTranslations('governance.change');
  const sum = (value: string | undefined) => (value ? formatMoney(locale, BigInt(value), 'USD') : t('none'));
  const price = (line: { currency: Currency; price: string } | undefined) =>
    line ? formatDecimalPrice(locale, line.price, line.currency) : t('none');
  return [
    { id: 'day', what: t('nav-day'), before: '', after: formatDate(locale, navDate) },
    { id: 'nav-revision', what: t('nav-revision'), before: '', after: revision },
    { id: 'net-assets', what: t('net-assets'), before: sum(from.netAssetsUsdMinor), after: sum(netAssetsUsdMinor) },
    ...Object.entries(classes).map(([code, line]) => ({
      id: `price-${code}`,
      what: t('price-of', { code }),
      before: price(from.classes?.[code]),
      after: price(line),
    })),
    ...(await redealingRows(locale, from.redealing ?? {})),
  ];
}

/** How far the corrected price is from what orders were dealt at, and what follows for them: from half a per cent on they are dealt again. */
async function redealingRows(locale: Locale, classes: Record<string, Redealing>): Promise<Change[]> {
  const t = await getTranslations('governance.change');
  return Object.entries(classes).flatMap(([code, line]) => {
    const price = formatDecimalPrice(locale, line.dealtAt, line.currency);
    const after = line.redealt
      ? t('redealt-yes', {
          orders: Number(line.orders),
          units: formatSignedUnits(locale, BigInt(line.units), Number(line.unitDecimals)),
          more: formatMoney(locale, BigInt(line.toHoldersMinor), line.currency),
          less: formatMoney(locale, BigInt(line.fromHoldersMinor), line.currency),
        })
      : t('redealt-no');
    const percent = formatPercentE4(locale, BigInt(line.apartE4));
    return [
      { id: `apart-${code}`, what: t('apart', { code }), before: '', after: t('apart-value', { percent, price }) },
      { id: `redealt-${code}`, what: t('redealt', { code }), before: '', after },
    ];
  });
}

/** What becomes of the day, and which days of orders and plans move with it. */
async function holidayRows(locale: Locale, payload: HolidayChange, from: From): Promise<Change[]> {
  const t = await getTranslations('governance');
  const day = (date: string | null | undefined) => (date ? formatDate(locale, date) : t('change.none'));
  const deals = (does: boolean | undefined) => (does === undefined ? '' : t(does ? 'holiday.deals' : 'holiday.none'));
  const row = (id: string, what: ReactNode, after: ReactNode, before: ReactNode = ''): Change => ({
    id,
    what,
    before,
    after,
  });
  const moves = from.moves ?? [];
  return [
    row(
      'act',
      t('change.market-day', { market: payload.market }),
      t(`holiday.${payload.change}`),
      day(payload.holiday),
    ),
    ...(['En', 'Ja'] as const).flatMap((language) => {
      const lang = language === 'En' ? 'en' : 'ja';
      return [
        row(`name-${lang}`, t(`change.name-${lang}`), <span lang={lang}>{payload[`name${language}`]}</span>),
        row(`reason-${lang}`, t(`change.reason-${lang}`), <span lang={lang}>{payload[`reason${language}`]}</span>),
      ];
    }),
    row('deals', t('change.deals'), deals(from.deals), deals(from.dealt)),
    ...(from.deals === false && from.dealt ? [row('next', t('change.next-dealing'), day(from.nextDealing))] : []),
    ...(from.records ?? []).map((record) =>
      row(`record-${record.class}`, t('change.record-of', { code: record.class }), day(record.to), day(record.from)),
    ),
    ...(moves.length === 0 ? [row('moves', t('change.moves'), t('change.moves-none'))] : []),
    ...moves.map((move, index) => {
      const said = { code: move.class, orders: Number(move.orders), buys: move.buys ? 'yes' : 'no' };
      if (move.about === 'MONEY')
        return row(
          `move-${index}`,
          t('change.move-MONEY', { ...said, day: day(move.from) }),
          day(move.moneyTo),
          day(move.moneyFrom),
        );
      if (move.about === 'PLAN') return row(`move-${index}`, t('change.move-PLAN', said), day(move.to), day(move.from));
      const dates = (dealing: string, money: string | null) =>
        t('change.move-days', { dealing: day(dealing), money: day(money) });
      return row(
        `move-${index}`,
        t('change.move-ORDER', said),
        dates(move.to, move.moneyTo),
        dates(move.from, move.moneyFrom),
      );
    }),
  ];
}

export const Hash = ({ text }: { text: string }) => <code className="font-mono break-all">{text}</code>;

/** The lines that go and come, each with one before it to find the place. */
async function TextChange({
  title,
  language,
  before,
  after,
}: {
  title: string;
  language: Locale;
  before: string;
  after: string;
}) {
  const t = await getTranslations('governance.change');
  const lines = textDifference(before, after);
  const shown = lines.flatMap((line, n) => (line.is !== 'same' || lines[n + 1]?.is !== 'same' ? [{ ...line, n }] : []));
  const look = { same: 'text-soft', gone: 'bg-danger-soft', new: 'bg-good-soft' };
  return (
    <section aria-label={title} className="grid gap-2">
      <h3 className="font-700">{title}</h3>
      <p className="text-[0.875rem] text-soft">{t('same')}</p>
      <ol className="grid border-y border-line text-[0.875rem]">
        {shown
          .filter(({ is, text }) => is !== 'same' || text !== '')
          .map(({ is, text, n }) => (
            <li key={n} className={`grid grid-cols-[4rem_1fr] gap-2 px-2 py-1 ${look[is]}`}>
              <span>{is === 'same' ? '' : t(is)}</span>
              <span lang={language} className="break-words">
                {text}
              </span>
            </li>
          ))}
      </ol>
    </section>
  );
}
