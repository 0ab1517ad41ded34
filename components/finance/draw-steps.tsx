import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { Country, Locale } from '@/lib/domain/states';
import { formatInstant, sentences } from '@/lib/i18n/format';

type Commitment = {
  side: Country;
  commitment: string | null;
  committedAt: Date | null;
  secret: string | null;
  revealedAt: Date | null;
};
type Result = {
  commitments: Commitment[];
  list: { sha256: string; applicants: number; listedAt: Date; revealBy: Date; pulseAt: Date } | null;
  outcome: { ruleVersion: number; seed: string; seedParts: { pulse: { value: string } | null } } | null;
};

/** The draw from the commitments to the seed, in the order in which each was fixed, with what has been published so far. */
export async function DrawSteps({
  locale,
  result,
  collecting,
}: {
  locale: Locale;
  result: Result;
  /** The window has not closed yet. */
  collecting: boolean;
}) {
  const t = await getTranslations('results.draw');
  const { commitments, list, outcome } = result;
  const at = (instant: Date) => formatInstant(locale, instant);
  const pulse = outcome?.seedParts.pulse;
  const none = t(collecting ? 'not-committed' : 'never-committed');
  return (
    <ol className="grid gap-8">
      <Step title={t('commit')} text={t('commit-text')}>
        <Sides
          parts={commitments.map((part) => ({
            part,
            hex: part.commitment,
            words: part.committedAt ? t('committed', { at: at(part.committedAt) }) : none,
          }))}
        />
      </Step>
      <Step title={t('list')} text={t('list-text')}>
        {list ? (
          <Hex words={t('listed', { count: list.applicants, at: at(list.listedAt) })} hex={list.sha256} />
        ) : (
          <p className="text-soft">{t('list-waiting')}</p>
        )}
      </Step>
      <Step title={t('reveal')} text={list ? t('reveal-text', { at: at(list.revealBy) }) : t('reveal-later')}>
        {list && (
          <Sides
            parts={commitments.map((part) => ({
              part,
              hex: part.secret,
              words: part.revealedAt ? t('revealed', { at: at(part.revealedAt) }) : t('not-revealed'),
            }))}
          />
        )}
      </Step>
      <Step title={t('pulse')} text={sentences(locale, t('pulse-text'), t('pulse-simulated'))}>
        {list && (
          <Hex words={t(pulse ? 'pulse-at' : 'pulse-waiting', { at: at(list.pulseAt) })} hex={pulse?.value ?? null} />
        )}
      </Step>
      <Step title={t('seed')} text={t('seed-text')}>
        {outcome ? (
          <Hex words={t('rules', { version: outcome.ruleVersion })} hex={outcome.seed} />
        ) : (
          <p className="text-soft">{t('seed-waiting')}</p>
        )}
      </Step>
    </ol>
  );
}

function Step({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <li className="grid gap-2">
      <h3 className="font-700">{title}</h3>
      <p className="measure">{text}</p>
      {children}
    </li>
  );
}

async function Sides({ parts }: { parts: { part: Commitment; hex: string | null; words: string }[] }) {
  const t = await getTranslations('results.draw');
  return (
    <dl className="divide-y divide-line border-y border-line">
      {parts.map(({ part, hex, words }) => (
        <div key={part.side} className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[10rem_1fr]">
          <dt className="font-700">{t(`side.${part.side}`)}</dt>
          <dd className="min-w-0">
            <Hex words={words} hex={hex} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A hash with what it is: long, so that it may break anywhere. */
function Hex({ words, hex }: { words: string; hex: string | null }) {
  return (
    <div className="grid gap-1">
      <p className="text-[0.875rem] text-soft">{words}</p>
      {hex && <code className="font-mono text-[0.875rem] break-all">{hex}</code>}
    </div>
  );
}
