/**
 * Prices of a class over time, drawn on the server. The line is a picture; the labels are text beside it that keeps its size on every
 * screen; the ends of its days, weeks, or months, whichever there is room for, are points that can be reached by keyboard and lead to their rows
 * in the table. Days that were corrected are such points, too.
 */
import { scaleLinear } from 'd3-scale';
import { curveLinear, line } from 'd3-shape';
import { getTranslations } from 'next-intl/server';
import { Disclosure } from '@/components/ui/disclosure';
import { Table } from '@/components/ui/table';
import { changeE4, endsOf, rhythmOf } from '@/lib/domain/fund/price-history';
import type { Currency, Locale } from '@/lib/domain/states';
import { formatDate, formatPercentE4, formatPrice, inParentheses } from '@/lib/i18n/format';

export type PricePoint = {
  date: string;
  /** The one in force. */
  price: bigint;
  /** What stood before a correction of the day. */
  priceBefore: bigint | null;
};

const WIDTH = 1_000;
const HEIGHT = 320;
/** More steps than these on the left, and labels would touch on a phone. */
const TICKS = 4;
const PLOT = 'h-64 overflow-visible pt-6 pb-1 sm:h-80';

const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

export async function NavChart({
  locale,
  id,
  name,
  points,
  currency,
  priceDecimals,
}: {
  locale: Locale;
  id: string;
  name: string;
  /** Oldest first, at least two. */
  points: readonly PricePoint[];
  currency: Currency;
  priceDecimals: number;
}) {
  const t = await getTranslations({ locale, namespace: 'fund.nav' });
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return null;
  const high = points.reduce((best, point) => (point.price > best.price ? point : best));
  const low = points.reduce((best, point) => (point.price < best.price ? point : best));
  const price = (value: bigint) => formatPrice(locale, value, currency, priceDecimals);
  const date = (value: string) => formatDate(locale, value);

  // From here on prices are lengths on a picture, where a float is exact enough.
  const x = scaleLinear([dayOf(first.date), dayOf(last.date)], [0, WIDTH]);
  const y = scaleLinear([Number(low.price), Number(high.price)], [HEIGHT, 0]).nice(TICKS);
  const path = line<PricePoint>()
    .x((point) => Math.round(x(dayOf(point.date)) * 10) / 10)
    .y((point) => Math.round(y(Number(point.price)) * 10) / 10)
    .curve(curveLinear)([...points]);
  // Percentages place text and points; they keep their size while the line stretches.
  const left = (point: PricePoint) => `${((x(dayOf(point.date)) / WIDTH) * 100).toFixed(2)}%`;
  const top = (value: number) => `${((y(value) / HEIGHT) * 100).toFixed(2)}%`;
  const ticks = y.ticks(TICKS);
  // Round steps need no more than cents.
  const spare = BigInt(Math.max(0, priceDecimals - 2));
  const tickPrice = (tick: number) =>
    formatPrice(locale, BigInt(Math.round(tick)) / 10n ** spare, currency, priceDecimals - Number(spare));
  const rhythm = rhythmOf(first.date, last.date);
  const ends = new Set(endsOf(points, rhythm));
  const shown = points.filter((point) => ends.has(point) || point.priceBefore !== null);
  const remark = (point: PricePoint) => (point.priceBefore === null ? '' : inParentheses(locale, t('corrected')));

  return (
    <figure className="grid gap-3" aria-labelledby={`${id}-summary`}>
      <div className="grid grid-cols-[auto_1fr] gap-x-3">
        <svg aria-hidden="true" className={`${PLOT} w-14`}>
          {ticks.map((tick) => (
            <text
              key={tick}
              x="100%"
              y={top(tick)}
              dy="4"
              textAnchor="end"
              className="fill-soft text-[0.75rem] tabular-nums"
            >
              {tickPrice(tick)}
            </text>
          ))}
        </svg>
        {/* biome-ignore lint/a11y/noSvgWithoutTitle: the caption of the figure names it, and a title would cover the points' own labels. */}
        <svg className={`${PLOT} w-full`} fill="none">
          <svg
            aria-hidden="true"
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            width="100%"
            height="100%"
            overflow="visible"
          >
            {ticks.map((tick) => (
              <path
                key={tick}
                d={`M 0 ${y(tick)} H ${WIDTH}`}
                className="stroke-line"
                vectorEffect="non-scaling-stroke"
              />
            ))}
            <path
              d={`M 0 ${y(Number(first.price))} H ${WIDTH}`}
              className="stroke-line-strong"
              strokeDasharray="2 4"
              vectorEffect="non-scaling-stroke"
            />
            <path
              d={path ?? ''}
              className="stroke-accent"
              strokeWidth="2"
              strokeLinejoin="round"
              vectorEffect="non-scaling-stroke"
            />
          </svg>
          {shown.map((point) => (
            <PointLink
              key={point.date}
              href={`#${id}-${point.date}`}
              x={left(point)}
              y={top(Number(point.price))}
              label={`${date(point.date)}${locale === 'ja' ? '　' : ': '}${price(point.price)}`}
              remark={remark(point)}
              side={sideOf(x(dayOf(point.date)) / WIDTH)}
            />
          ))}
        </svg>
        <div />
        <div className="flex justify-between text-[0.75rem] text-soft" aria-hidden="true">
          <span>{date(first.date)}</span>
          <span>{date(last.date)}</span>
        </div>
      </div>
      <figcaption id={`${id}-summary`} className="measure text-[0.875rem] text-soft">
        {t('summary', {
          first: price(first.price),
          from: date(first.date),
          last: price(last.price),
          to: date(last.date),
          change: changeWords(t, locale, first.price, last.price),
          high: price(high.price),
          highDate: date(high.date),
          low: price(low.price),
          lowDate: date(low.date),
        })}
      </figcaption>
      <Disclosure summary={t('table')}>
        <Table
          caption={`${t('chart', { name, from: date(first.date), to: date(last.date) })}${inParentheses(locale, t(`rhythm.${rhythm}`))}`}
          columns={[
            { key: 'date', label: t('date') },
            { key: 'price', label: t('price'), figure: true },
          ]}
          rows={shown.toReversed().map((point) => ({
            id: `${id}-${point.date}`,
            cells: [`${date(point.date)}${remark(point)}`, price(point.price)],
          }))}
        />
      </Disclosure>
    </figure>
  );
}

/** A target as high as the chart; its date and price show while it is pointed at or focused. A corrected day is a ring. */
function PointLink({
  href,
  x,
  y,
  label,
  remark,
  side,
}: {
  href: string;
  x: string;
  y: string;
  label: string;
  remark: string;
  side: 'start' | 'middle' | 'end';
}) {
  return (
    <a data-plain href={href} aria-label={`${label}${remark}`} className="group outline-none">
      <rect x={x} width="24" height="100%" transform="translate(-12 0)" className="fill-transparent" />
      <line
        x1={x}
        x2={x}
        y1="0"
        y2="100%"
        className="invisible stroke-line-strong group-hover:visible group-focus-visible:visible"
      />
      {remark && <circle cx={x} cy={y} r="7" className="fill-surface stroke-accent" strokeWidth="2" />}
      <circle
        cx={x}
        cy={y}
        r="2.5"
        className="fill-accent group-hover:[r:5px] group-focus-visible:[r:5px] group-focus-visible:stroke-focus"
        strokeWidth="3"
      />
      <text
        x={x}
        y="0"
        dy="-8"
        textAnchor={side}
        className="invisible fill-ink stroke-surface text-[0.875rem] font-700 tabular-nums [paint-order:stroke] group-hover:visible group-focus-visible:visible"
        strokeWidth="4"
      >
        {label}
      </text>
    </a>
  );
}

/** A label in the middle third stands over its point: on a phone neither side has room for it. */
const sideOf = (part: number) => (part < 1 / 3 ? 'start' : part > 2 / 3 ? 'end' : 'middle');

type NavTexts = Awaited<ReturnType<typeof getTranslations<'fund.nav'>>>;

/** In words: a sign alone is easily missed. */
function changeWords(t: NavTexts, locale: Locale, first: bigint, last: bigint): string {
  const change = changeE4(first, last);
  const percent = formatPercentE4(locale, change < 0n ? -change : change);
  if (last === first) return t('flat');
  return last > first ? t('up', { percent }) : t('down', { percent });
}
