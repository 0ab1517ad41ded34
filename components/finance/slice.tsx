/**
 * The slice: the fund, the citizens' part of it, a sum's part of that. Each ring shows the drawn-out part of the one before, larger. Made on
 * the server without script; the words carry the meaning, the picture shows it, the table gives the exact figures.
 */
import { getTranslations } from 'next-intl/server';
import { Disclosure } from '@/components/ui/disclosure';
import { Table } from '@/components/ui/table';
import {
  arcsOf,
  type OwnerStake,
  type Slice as SliceOfFund,
  sliceOf,
  TURN,
  toUsdMinor,
  visibleArc,
} from '@/lib/domain/fund/slice';
import type { Currency, Locale } from '@/lib/domain/states';
import {
  formatDate,
  formatInteger,
  formatLargeCount,
  formatLargeMoney,
  formatMoney,
  formatPercentE4,
  formatRate,
} from '@/lib/i18n/format';
import { Ring, type RingPart } from './ring';

/** The thinnest slice that can be seen: just under a hundredth of the ring. */
const LEAST_VISIBLE = TURN / 110n;

export type SliceProps = {
  locale: Locale;
  /** Original investment of each owner group, US cents. */
  owners: readonly OwnerStake[];
  /** More than nothing, and at most what is set aside for citizens. */
  amountMinor: bigint;
  currency: Currency;
  /** The dated mid rate by which yen are compared with the fund's dollars. */
  rate: { rateDate: string; jpyPerUsdE4: bigint };
  /** 2 where the slice stands below a page's title, 3 where a section heading stands above it. */
  headingLevel?: 2 | 3;
};

export async function Slice({ locale, owners, amountMinor, currency, rate, headingLevel = 3 }: SliceProps) {
  const t = await getTranslations({ locale, namespace: 'fund.slice' });
  const amountUsdMinor = toUsdMinor(amountMinor, currency, rate.jpyPerUsdE4);
  const slice = sliceOf(owners, amountUsdMinor > 0n ? amountUsdMinor : 1n);
  const amount = formatMoney(locale, amountMinor, currency);
  const you = visibleArc(
    { from: 0n, to: arcsOf([slice.amountUsdMinor, slice.citizensUsdMinor - slice.amountUsdMinor])[0]?.to ?? 0n },
    LEAST_VISIBLE,
  );
  const Heading = headingLevel === 2 ? 'h2' : 'h3';

  const steps: Step[] = [
    {
      key: 'fund',
      ...fundRing(owners),
      center: formatLargeMoney(locale, slice.fundUsdMinor, 'USD'),
      label: t('fund'),
      words: t('fund-words', { share: formatPercentE4(locale, slice.citizensShareE4, 0) }),
    },
    {
      key: 'citizens',
      ...citizensRing(you),
      center: formatLargeMoney(locale, slice.citizensUsdMinor, 'USD'),
      label: t('citizens'),
      words: t('citizens-words', { amount, parts: formatLargeCount(locale, slice.partsOfCitizens) }),
    },
    {
      key: 'you',
      parts: [{ key: 'you', arc: { from: 0n, to: TURN }, engraving: 'CITIZENS' }],
      turn: 0,
      opening: 0,
      // More figures than these do not fit into the ring; the heading has them all.
      center: amount.replace(/[^0-9.,]/g, '').length > 9 ? formatLargeMoney(locale, amountMinor, currency) : amount,
      label: t('you'),
      words: t('you-words', {
        income: formatLargeMoney(locale, slice.incomeUsdMinor, 'USD'),
        part: formatMoney(locale, slice.incomePartUsdMinor, 'USD'),
      }),
    },
  ];

  return (
    <figure className="grid gap-6">
      <figcaption>
        <Heading className="text-[1.25rem] font-700 leading-140 sm:text-[1.5rem]">
          {t('title', { amount, parts: formatLargeCount(locale, slice.partsOfFund) })}
        </Heading>
      </figcaption>
      <ol className="grid md:grid-cols-3">
        {steps.map(({ key, ...step }, i) => (
          <StepRow key={key} {...step} isLast={i === steps.length - 1} />
        ))}
      </ol>
      {you.widened && <p className="text-[0.875rem] text-soft">{t('widened')}</p>}
      <SliceTable locale={locale} slice={slice} amount={amount} currency={currency} rate={rate} />
    </figure>
  );
}

type Step = {
  key: string;
  parts: RingPart[];
  turn: number;
  /** How much of the ring the drawn-out part is, in turns: where the beam begins. */
  opening: number;
  center: string;
  label: string;
  words: string;
};

function StepRow({ parts, turn, opening, center, label, words, isLast }: Omit<Step, 'key'> & { isLast: boolean }) {
  return (
    <li className="grid grid-cols-[6.5rem_1fr] gap-x-5 md:grid-cols-1 md:content-start md:gap-y-3">
      <div className="flex flex-col md:flex-row">
        <div className="relative z-1 size-26 shrink-0 md:size-44">
          <Ring parts={parts} turn={turn} className="size-full max-md:rotate-90" />
          <Center>{center}</Center>
        </div>
        {!isLast && <Beam opening={opening} />}
      </div>
      <div className="pb-6 md:pr-8 md:pb-0">
        <p className="font-700">{label}</p>
        <p className="text-[0.9375rem] text-soft">{words}</p>
      </div>
    </li>
  );
}

/** The exact figures, and the rate by which yen were compared. */
async function SliceTable({
  locale,
  slice,
  amount,
  currency,
  rate,
}: Pick<SliceProps, 'locale' | 'currency' | 'rate'> & { slice: SliceOfFund; amount: string }) {
  const t = await getTranslations({ locale, namespace: 'fund.slice' });
  const dollars = (minor: bigint) => formatMoney(locale, minor, 'USD');
  const rows = [
    { id: 'slice-fund', cells: [t('fund'), dollars(slice.fundUsdMinor), t('whole')] },
    {
      id: 'slice-citizens',
      cells: [t('citizens'), dollars(slice.citizensUsdMinor), formatPercentE4(locale, slice.citizensShareE4)],
    },
    {
      id: 'slice-you',
      cells: [
        t('you'),
        dollars(slice.amountUsdMinor),
        t('one-in', { parts: formatInteger(locale, slice.partsOfFund) }),
      ],
    },
  ];
  return (
    <Disclosure summary={t('table')}>
      <Table
        caption={t('caption')}
        columns={[
          { key: 'step', label: t('step') },
          { key: 'sum', label: t('sum'), figure: true },
          { key: 'part', label: t('part'), figure: true },
        ]}
        rows={rows}
      />
      {currency === 'JPY' && (
        <p className="text-[0.875rem] text-soft">
          {t('at-rate', {
            sum: amount,
            rate: formatRate(locale, rate.jpyPerUsdE4),
            date: formatDate(locale, rate.rateDate),
          })}
        </p>
      )}
    </Disclosure>
  );
}

/** The sum in a ring's middle; a long one breaks between number and word, in Japanese before 「ドル」 and 「円」. */
function Center({ children }: { children: string }) {
  return (
    <span className="absolute inset-0 m-auto flex h-fit w-[58%] items-center justify-center text-center text-[0.75rem] font-700 leading-120 break-keep tabular-nums md:text-[1.125rem]">
      {children.replace(/(?<=[0-9万億兆])(?=ドル|円)/, '\u200b')}
    </span>
  );
}

/** The owners, turned so that the citizens' part, drawn out, looks towards the next ring. */
function fundRing(owners: readonly OwnerStake[]): { parts: RingPart[]; turn: number; opening: number } {
  const arcs = arcsOf(owners.map((owner) => owner.committedUsdMinor));
  const parts = owners.flatMap((owner, i): RingPart[] => {
    const arc = arcs[i];
    return arc ? [{ key: owner.group, arc, engraving: owner.group, out: owner.group === 'CITIZENS' ? 8 : 0 }] : [];
  });
  const citizens = parts.find((part) => part.key === 'CITIZENS')?.arc ?? { from: 0n, to: 0n };
  return {
    parts,
    turn: -Number(citizens.from + citizens.to) / 2_000_000,
    opening: Number(citizens.to - citizens.from) / 1_000_000,
  };
}

function citizensRing(you: { from: bigint; to: bigint }): { parts: RingPart[]; turn: number; opening: number } {
  const width = you.to - you.from;
  return {
    parts: [
      { key: 'you', arc: { from: 0n, to: width }, engraving: 'CITIZENS', out: 8 },
      { key: 'rest', arc: { from: width, to: TURN }, engraving: 'REST' },
    ],
    turn: -Number(width) / 2_000_000,
    opening: Number(width) / 1_000_000,
  };
}

/** The beam of the magnifying glass: from the drawn-out part's edges to the next ring, downwards on a phone, to the right elsewhere. */
function Beam({ opening }: { opening: number }) {
  const half = 50 * Math.min(1, Math.sin(Math.min(opening, 0.5) * Math.PI));
  const from = [50 - half, 50 + half].map((at) => at.toFixed(2));
  const look = 'fill-slice-soft stroke-slice';
  return (
    <>
      <svg
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        aria-hidden="true"
        className="-mb-13 min-h-20 w-full flex-1 md:hidden"
      >
        <path d={`M ${from[0]} 0 L 4 100 L 96 100 L ${from[1]} 0 Z`} className="fill-slice-soft" />
        <path d={`M ${from[0]} 0 L 4 100 M ${from[1]} 0 L 96 100`} className={look} vectorEffect="non-scaling-stroke" />
      </svg>
      <svg
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        aria-hidden="true"
        className="-mr-22 h-44 min-w-0 flex-1 max-md:hidden"
      >
        <path d={`M 0 ${from[0]} L 100 4 L 100 96 L 0 ${from[1]} Z`} className="fill-slice-soft" />
        <path d={`M 0 ${from[0]} L 100 4 M 0 ${from[1]} L 100 96`} className={look} vectorEffect="non-scaling-stroke" />
      </svg>
    </>
  );
}
