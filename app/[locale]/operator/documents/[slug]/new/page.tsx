import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Missing } from '@/components/layout/not-found';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { DeskHeading } from '@/components/ui/desk-heading';
import { Field } from '@/components/ui/field';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { TextField } from '@/components/ui/text-field';
import { requireSession } from '@/lib/auth/session';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { asLocale, localePath } from '@/lib/i18n/locale';
import { viewDeskDocument } from '@/lib/services/view-desk-documents';
import { forStaff, PROPOSERS, staffMetadata } from '../../../for-staff';
import { proposeDocumentAction } from '../../actions';

/** Answered as a whole, as it has to be without a script: nothing of it streams in behind a placeholder. */
export const instant = false;

const ROWS = 28;

async function metadata(): Promise<Metadata> {
  return { title: (await getTranslations('desk'))('documents.new') };
}

/** The next version of a document, filled with the newest: both languages side by side, proposed together. */
async function NewVersionPage({ params }: PageProps<'/[locale]/operator/documents/[slug]/new'>) {
  const session = await requireSession(...PROPOSERS);
  const { locale: segment, slug } = await params;
  const locale = asLocale(segment);
  const latest = await viewDeskDocument(session, slug, null);
  if (!latest) return <Missing locale={locale} />;
  const t = await getTranslations('desk.documents');
  const common = await getTranslations('common');
  const fields = await getTranslations('common.fields');
  const need = common('form.required');
  const { path } = DESK_PLACES.documents;
  return (
    <>
      <DeskHeading
        kicker={<Link href={localePath(locale, `${path}/${slug}/${latest.version}`)}>{t('leave')}</Link>}
        title={t('version-title', {
          title: locale === 'ja' ? latest.titleJa : latest.titleEn,
          version: latest.version + 1,
        })}
        lead={t('new-lead')}
      />
      <ActionForm
        action={proposeDocumentAction}
        locale={locale}
        summaryTitle={common('form.summary')}
        className="max-w-none"
      >
        <HiddenFields values={{ key: randomUUID(), slug, version: String(latest.version) }} />
        <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
          <Field
            name="titleEn"
            label={fields('titleEn')}
            need={need}
            required
            lang="en"
            defaultValue={latest.titleEn}
          />
          <Field
            name="titleJa"
            label={fields('titleJa')}
            need={need}
            required
            lang="ja"
            defaultValue={latest.titleJa}
          />
          <TextField
            name="bodyEn"
            label={fields('bodyEn')}
            hint={t('body-hint')}
            need={need}
            rows={ROWS}
            lang="en"
            defaultValue={latest.body.en}
          />
          <TextField
            name="bodyJa"
            label={fields('bodyJa')}
            hint={t('body-hint')}
            need={need}
            rows={ROWS}
            lang="ja"
            defaultValue={latest.body.ja}
          />
        </div>
        <div>
          <Button>{t('propose')}</Button>
        </div>
      </ActionForm>
    </>
  );
}

export const generateMetadata = staffMetadata(PROPOSERS, metadata);
export default forStaff(PROPOSERS, NewVersionPage);
