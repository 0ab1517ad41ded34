import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { DeskHeading } from '@/components/ui/desk-heading';
import { TextField } from '@/components/ui/text-field';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { STATEMENT_HEADER } from '@/lib/domain/valuation/statement';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { forStaff, PROPOSERS, staffMetadata } from '../../for-staff';
import { importAction } from '../actions';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

async function metadata(): Promise<Metadata> {
  return { title: (await getTranslations('valuations'))('import.title') };
}

/** A day's value from a file, in the place of the job's. */
async function ImportPage({ params }: PageProps<'/[locale]/operator/valuations/import'>) {
  await requireSession(...PROPOSERS);
  const locale = asLocale((await params).locale);
  const t = await getTranslations('valuations');
  const common = await getTranslations('common');
  return (
    <>
      <DeskHeading
        kicker={<Link href={localePath(locale, DESK_PLACES.valuations.path)}>{t('title')}</Link>}
        title={t('import.title')}
        lead={t('import.lead')}
      />
      <pre
        lang="en"
        className="measure rounded-8 bg-sunken p-4 font-mono text-[0.875rem] break-all whitespace-pre-wrap"
      >
        {`${STATEMENT_HEADER}\n2026-11-18,318000000000.00,151.2345`}
      </pre>
      <p className="measure text-soft">{t('import.rate-note')}</p>
      <ActionForm action={importAction} locale={locale} summaryTitle={common('form.summary')}>
        <TextField
          name="csv"
          label={t('import.csv')}
          hint={t('import.csv-hint')}
          need={common('form.optional')}
          rows={3}
          lang="en"
        />
        <div className="grid gap-1">
          <label htmlFor="file" className="font-700">
            {t('import.file')}{' '}
            <span className="ml-1 text-[0.875rem] font-400 text-soft">{common('form.optional')}</span>
          </label>
          <input
            id="file"
            name="file"
            type="file"
            accept=".csv,text/csv"
            className="max-w-full file:mr-3 file:min-h-11 file:rounded-8 file:border file:border-solid file:border-line-strong file:bg-surface file:px-4 file:text-ink"
          />
        </div>
        <div>
          <Button>{t('import.act')}</Button>
        </div>
      </ActionForm>
    </>
  );
}

export const generateMetadata = staffMetadata(PROPOSERS, metadata);
export default forStaff(PROPOSERS, ImportPage);
