/** How far the run of an offering is. Its row in the database says so, so that whoever comes back later sees where it stands. */
import { getTranslations } from 'next-intl/server';
import { Live } from '@/components/ui/live';
import { ALLOTMENT_STEPS, type AllotmentPurpose, type AllotmentStep, type Locale } from '@/lib/domain/states';
import { formatInstant, formatInteger } from '@/lib/i18n/format';

type AllotmentRun = {
  purpose: AllotmentPurpose;
  step: AllotmentStep;
  chunksDone: number;
  chunks: number;
  startedAt: Date;
  finishedAt: Date | null;
};

export async function RunProgress({ locale, run }: { locale: Locale; run: AllotmentRun }) {
  const t = await getTranslations('desk.draw.run');
  const at = ALLOTMENT_STEPS.indexOf(run.step);
  return (
    <div className="grid gap-3">
      {run.step !== 'DONE' && <Live />}
      <p className="text-[0.875rem] text-soft">
        {t('started', { at: formatInstant(locale, run.startedAt) })}{' '}
        {run.finishedAt && t('finished', { at: formatInstant(locale, run.finishedAt) })}
      </p>
      {run.step !== 'DONE' && (
        <noscript>
          <p>{t('refresh')}</p>
        </noscript>
      )}
      <ol className="divide-y divide-line border-y border-line">
        {ALLOTMENT_STEPS.filter((step) => step !== 'DONE').map((step, n) => {
          const now = n === at;
          return (
            <li key={step} aria-current={now ? 'step' : undefined} className="grid gap-1 py-3 sm:grid-cols-[1fr_auto]">
              <span className={now ? 'font-700' : n > at ? 'text-soft' : ''}>{t(`step.${run.purpose}.${step}`)}</span>
              <span className="text-soft">
                {n < at ? t('done') : now ? <Chunks locale={locale} run={run} /> : t('later')}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** Groups of people, where the step goes through them one by one. */
async function Chunks({ locale, run: { step, chunksDone, chunks } }: { locale: Locale; run: AllotmentRun }) {
  const t = await getTranslations('desk.draw.run');
  if (chunks === 0 || step === 'ALLOT' || step === 'CHECK') return t('now');
  const words = t('chunks', { done: formatInteger(locale, chunksDone), all: formatInteger(locale, chunks) });
  return (
    <span className="flex flex-wrap items-center gap-2">
      <progress max={chunks} value={chunksDone} aria-label={words} className="accent-accent" />
      {words}
    </span>
  );
}
