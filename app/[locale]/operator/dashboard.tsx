import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Callout } from '@/components/ui/callout';
import { DeskTable } from '@/components/ui/desk-table';
import type { BalanceLine, TodayLine, Waiting } from '@/db/queries/desk/dashboard';
import type { RunUnderWay } from '@/db/queries/desk/draw';
import type { OfferingLine } from '@/db/queries/desk/offerings';
import { DESK_PLACES, type DeskPlace, mayLookAt } from '@/lib/domain/desk/places';
import type { Role } from '@/lib/domain/states';
import {
  formatInstant,
  formatInteger,
  formatMoney,
  formatPercentE4,
  formatSignedUnits,
  formatUnits,
} from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className="grid min-w-0 content-start gap-2">
      <h2 className="font-700">{title}</h2>
      {children}
      {note && <p className="measure text-[0.875rem] text-soft">{note}</p>}
    </section>
  );
}

export async function UnderWay({ locale, offerings }: { locale: Locale; offerings: readonly OfferingLine[] }) {
  const t = await getTranslations('desk.dashboard');
  const states = await getTranslations('desk.offering-state');
  /** Of a window that is open: what is asked for, which may be more than is offered. */
  const taken = ({ state, soldUnits, askedUnits }: OfferingLine) =>
    askedUnits === null || state === 'ALLOTTED' ? soldUnits : askedUnits;
  return (
    <Part title={t('open')}>
      <DeskTable
        caption={t('open')}
        columns={[
          { key: 'offering', label: t('offering') },
          { key: 'state', label: t('state') },
          { key: 'size', label: t('size'), figure: true },
          { key: 'taken', label: t('taken'), figure: true },
          { key: 'closes', label: t('closes') },
        ]}
        rows={offerings.map((offering) => ({
          id: offering.slug,
          cells: [
            <Link key="offering" href={localePath(locale, `${DESK_PLACES.offerings.path}/${offering.slug}`)}>
              {locale === 'ja' ? offering.nameJa : offering.nameEn}
            </Link>,
            states(offering.state),
            formatUnits(locale, offering.sizeUnits, offering.unitDecimals),
            formatPercentE4(locale, (taken(offering) * 10_000n) / offering.sizeUnits, 1),
            formatInstant(locale, offering.closesAt),
          ],
        }))}
        empty={t('open-none')}
      />
    </Part>
  );
}

/** Each leads to the page that shows how far it is. */
export async function Runs({ locale, runs }: { locale: Locale; runs: readonly RunUnderWay[] }) {
  const t = await getTranslations('desk.dashboard');
  const words = await getTranslations('desk.draw.run');
  return (
    <Part title={t('runs')}>
      <ul className="divide-y divide-line border-y border-line">
        {runs.map(({ slug, nameEn, nameJa, purpose, step }) => (
          <li key={slug} className="grid gap-1 py-2 sm:grid-cols-[1fr_auto]">
            <Link href={localePath(locale, `${DESK_PLACES.offerings.path}/${slug}/draw`)}>
              {locale === 'ja' ? nameJa : nameEn}
            </Link>
            {step !== 'DONE' && <span className="text-soft">{words(`step.${purpose}.${step}`)}</span>}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Led({ to, locale, children }: { to: DeskPlace | null; locale: Locale; children: string }) {
  return to ? <Link href={localePath(locale, DESK_PLACES[to].path)}>{children}</Link> : children;
}

/** What has a page that this reader may look at leads there. */
export async function Waits({ locale, role, waiting }: { locale: Locale; role: Role; waiting: Waiting }) {
  const t = await getTranslations('desk.dashboard');
  const open = (Object.keys(waiting) as (keyof Waiting)[]).filter((what) => waiting[what] > 0);
  const place = (what: keyof Waiting): DeskPlace | null => {
    const there = what === 'signatures' ? 'proposals' : what === 'holds' ? 'valuations' : null;
    return there && mayLookAt(role, there) ? there : null;
  };
  return (
    <Part title={t('waits')}>
      {open.length === 0 ? (
        <p className="text-soft">{t('waits-none')}</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {open.map((what) => (
            <li key={what} className="py-2">
              <Led to={place(what)} locale={locale}>
                {t(`wait.${what}`, { count: waiting[what] })}
              </Led>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

export async function Today({ locale, lines }: { locale: Locale; lines: readonly TodayLine[] }) {
  const t = await getTranslations('desk.dashboard');
  const money = (minor: (line: TodayLine) => bigint) =>
    lines.map((line) => formatMoney(locale, minor(line), line.currency));
  const rows = [
    ['deposits', money((line) => line.depositedMinor)],
    ['withdrawals', money((line) => line.paidOutMinor)],
    ['sales', money((line) => line.soldMinor)],
    ['units', lines.map((line) => formatUnits(locale, line.soldUnits, line.unitDecimals))],
    ['orders', lines.map((line) => formatInteger(locale, line.orders))],
  ] as const;
  return (
    <Part title={t('today')} note={t('today-note')}>
      <DeskTable
        caption={t('today')}
        columns={[
          { key: 'flow', label: t('flow') },
          ...lines.map(({ currency }) => ({ key: currency, label: t(currency), figure: true })),
        ]}
        rows={rows.map(([what, figures]) => ({ id: what, cells: [t(what), ...figures] }))}
        empty=""
      />
    </Part>
  );
}

export async function Books({ locale, balances }: { locale: Locale; balances: readonly BalanceLine[] }) {
  const t = await getTranslations('desk.dashboard');
  const broken = balances.filter(({ heldUnits, controlUnits }) => heldUnits + controlUnits !== 0n);
  const amount = ({ code, kind, decimals }: BalanceLine, value: bigint) =>
    kind === 'CURRENCY' && (code === 'USD' || code === 'JPY')
      ? formatMoney(locale, value, code)
      : formatSignedUnits(locale, value, decimals);
  const name = ({ code }: BalanceLine) => (code === 'USD' || code === 'JPY' ? t(code) : <span lang="en">{code}</span>);
  return (
    <Part title={t('books')} note={t('books-note')}>
      {broken.length === 0 ? (
        <p>{t('balanced')}</p>
      ) : (
        <Callout tone="danger" title={t('broken')}>
          <p>{t('broken-note')}</p>
        </Callout>
      )}
      <DeskTable
        caption={t('books')}
        columns={[
          { key: 'asset', label: t('asset') },
          { key: 'held', label: t('held'), figure: true },
          { key: 'control', label: t('control'), figure: true },
          { key: 'difference', label: t('difference'), figure: true },
        ]}
        rows={balances.map((line) => ({
          id: line.code,
          cells: [
            name(line),
            amount(line, line.heldUnits),
            amount(line, line.controlUnits),
            amount(line, line.heldUnits + line.controlUnits),
          ],
        }))}
        empty=""
      />
    </Part>
  );
}
