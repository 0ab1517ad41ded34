import { getTranslations } from 'next-intl/server';
import type { ShownPhase } from './offering';

const LOOKS: Record<ShownPhase, string> = {
  OPEN: 'border-good bg-good-soft text-ink',
  SOLD_OUT: 'border-line-strong bg-sunken text-ink',
  UPCOMING: 'border-accent bg-accent-soft text-ink',
  CLOSED: 'border-line-strong bg-sunken text-ink',
  CANCELLED: 'border-danger bg-danger-soft text-ink',
};

/** The state of an offering, in words; the colour only follows. */
export async function PhaseTag({ phase }: { phase: ShownPhase }) {
  const t = await getTranslations('offerings.phase');
  return (
    <span className={`inline-block rounded-4 border px-2 py-0.5 text-[0.875rem] font-700 leading-140 ${LOOKS[phase]}`}>
      {t(phase)}
    </span>
  );
}
