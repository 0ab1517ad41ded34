/**
 * The ring of owners, drawn as banknotes are engraved: every owner has a pattern of lines, so that colour is never the only difference.
 * Angles come from the domain in millionths of a turn; only the drawing itself uses floats.
 */
import type { Arc } from '@/lib/domain/fund/slice';
import type { OwnerGroup } from '@/lib/domain/states';

type Engraving = { className: string; lines: readonly { at: number; width: number }[] };

const WIDTH = 30;
const OUTER = 96;

/** `at` is the line's middle, from the ring's outer edge inwards, in units of a picture 200 wide. */
const ENGRAVINGS: Record<OwnerGroup, Engraving> = {
  US_TREASURY: { className: 'stroke-owner-us', lines: [{ at: WIDTH / 2, width: WIDTH }] },
  JP_MOF: {
    className: 'stroke-owner-jp',
    lines: [4, 15, 26].map((at) => ({ at, width: 8 })),
  },
  LIMITED_PARTNERS: {
    className: 'stroke-owner-lp',
    lines: [1, 8, 15, 22, 29].map((at) => ({ at, width: 2 })),
  },
  CITIZENS: { className: 'stroke-slice', lines: [{ at: WIDTH / 2, width: WIDTH }] },
};

const REST: Engraving = {
  className: 'stroke-slice',
  lines: [1, 8, 15, 22, 29].map((at) => ({ at, width: 2 })),
};

export type RingPart = {
  key: string;
  arc: Arc;
  /** An owner's engraving, or the light one of what is not singled out. */
  engraving: OwnerGroup | 'REST';
  /** Drawn out of the ring, by so much. */
  out?: number;
};

/** A point on the circle; a turn starts at three o'clock and goes clockwise. Rounded, so that server and browser write the same. */
function point(turn: number, radius: number): string {
  const angle = turn * 2 * Math.PI;
  return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
}

const turns = (millionths: bigint): number => Number(millionths) / 1_000_000;

function arcPath(from: number, to: number, radius: number): string {
  // A whole circle is two halves, since an arc that ends where it starts is nothing.
  if (to - from > 0.999999) {
    const half = `A ${radius} ${radius} 0 0 1`;
    return `M ${radius} 0 ${half} ${-radius} 0 ${half} ${radius} 0 Z`;
  }
  const large = to - from > 0.5 ? 1 : 0;
  return `M ${point(from, radius)} A ${radius} ${radius} 0 ${large} 1 ${point(to, radius)}`;
}

/** Decoration for those who see: the words and the table stand beside it. `turn` turns the whole ring (in turns). */
export function Ring({
  parts,
  turn = 0,
  gap = 0.0035,
  className = '',
}: {
  parts: readonly RingPart[];
  turn?: number;
  gap?: number;
  className?: string;
}) {
  return (
    <svg viewBox="-104 -104 208 208" aria-hidden="true" className={className} fill="none">
      <circle r={OUTER} className="fill-surface" />
      {parts.map(({ key, arc, engraving, out = 0 }) => {
        const from = turns(arc.from) + turn;
        const to = turns(arc.to) + turn;
        // A hair of paper between neighbours, but never so much that a small part vanishes.
        const hair = parts.length > 1 ? Math.min(gap, (to - from) / 4) : 0;
        const { className: look, lines } = engraving === 'REST' ? REST : ENGRAVINGS[engraving];
        const shift = out ? `translate(${point((from + to) / 2, out)})` : undefined;
        return (
          <g key={key} transform={shift} className={look}>
            {lines.map(({ at, width }) => (
              <path key={at} d={arcPath(from + hair, to - hair, OUTER - at)} strokeWidth={width} />
            ))}
          </g>
        );
      })}
    </svg>
  );
}

/** A sample of an owner's engraving, beside their name. */
export function Swatch({ of, className = 'h-6 w-6' }: { of: OwnerGroup; className?: string }) {
  const { className: look, lines } = ENGRAVINGS[of];
  return (
    <svg viewBox={`0 0 ${WIDTH} ${WIDTH}`} aria-hidden="true" className={`${className} shrink-0 ${look}`}>
      {lines.map(({ at, width }) => (
        <path key={at} d={`M 0 ${at} H ${WIDTH}`} strokeWidth={width} />
      ))}
    </svg>
  );
}
