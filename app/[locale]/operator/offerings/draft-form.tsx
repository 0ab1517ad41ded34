import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { CheckField, Field, SelectField } from '@/components/ui/field';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import { localText } from '@/lib/domain/offerings/local-time';
import { OFFERING_METHODS } from '@/lib/domain/states';
import { decimalString, formatPercentE4 } from '@/lib/i18n/format';
import { type Locale, localePath } from '@/lib/i18n/locale';
import type { DraftChoices, OfferingLine } from '@/lib/services/view-desk-offerings';
import { saveDraftAction } from './actions';

/** The boxes of a pair stand at one height, however long the hints above them are. */
const PAIR = 'grid gap-x-6 gap-y-6 sm:grid-cols-2 sm:items-end';

/** A draft's terms to fill in. The two languages of a text stand side by side, since both are published at once. */
export async function DraftForm({
  locale,
  choices,
  draft,
}: {
  locale: Locale;
  choices: DraftChoices;
  /** Null for a new one. */
  draft: OfferingLine | null;
}) {
  const t = await getTranslations('desk.draft');
  const common = await getTranslations('common');
  const methods = await getTranslations('offerings.method');
  const fields = await getTranslations('common.fields');
  const need = common('form.required');
  const cap = choices.personCapE4;
  const back = draft ? `${DESK_PLACES.offerings.path}/${draft.slug}` : DESK_PLACES.offerings.path;
  const units = (value: bigint | undefined) =>
    draft && value !== undefined ? decimalString(value, draft.unitDecimals) : undefined;
  const time = (at: Date | undefined) => (draft && at ? localText(at, draft.timeZone) : undefined);
  const figure = { inputMode: 'decimal', autoComplete: 'off', need, required: true } as const;
  return (
    <ActionForm action={saveDraftAction} locale={locale} summaryTitle={common('form.summary')} className="max-w-200">
      <HiddenFields values={{ version: draft ? String(draft.termsVersion) : '', ...(draft && { slug: draft.slug }) }} />
      <div className={PAIR}>
        <SelectField
          name="classCode"
          label={fields('classCode')}
          hint={t('class-hint')}
          need={need}
          defaultValue={draft?.classCode}
          options={choices.classes.map((unit) => ({
            value: unit.code,
            label: locale === 'ja' ? unit.nameJa : unit.nameEn,
          }))}
        />
        {!draft && (
          <Field
            name="slug"
            label={fields('slug')}
            hint={t('slug-hint')}
            need={need}
            required
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </div>
      <div className={PAIR}>
        <Field
          name="nameEn"
          label={fields('nameEn')}
          need={need}
          required
          lang="en"
          maxLength={80}
          defaultValue={draft?.nameEn}
        />
        <Field
          name="nameJa"
          label={fields('nameJa')}
          need={need}
          required
          lang="ja"
          maxLength={80}
          defaultValue={draft?.nameJa}
        />
      </div>
      <SelectField
        name="method"
        label={fields('method')}
        need={need}
        defaultValue={draft?.method}
        options={OFFERING_METHODS.map((value) => ({ value, label: methods(value) }))}
      />
      <div className={PAIR}>
        <Field
          {...figure}
          name="price"
          label={fields('price')}
          hint={t('price-hint')}
          defaultValue={draft ? decimalString(draft.price, draft.priceDecimals) : undefined}
        />
        <Field
          {...figure}
          name="sizeUnits"
          label={fields('sizeUnits')}
          hint={t('units-hint')}
          defaultValue={units(draft?.sizeUnits)}
        />
        <Field
          {...figure}
          required={false}
          need={common('form.optional')}
          name="upsizeUnits"
          label={fields('upsizeUnits')}
          hint={t('upsize-hint')}
          defaultValue={draft?.upsizeUnits ? units(draft.upsizeUnits) : undefined}
        />
        <Field
          {...figure}
          name="lotUnits"
          label={fields('lotUnits')}
          hint={t('lot-hint')}
          defaultValue={units(draft?.lotUnits)}
        />
        <Field
          {...figure}
          name="minUnits"
          label={fields('minUnits')}
          hint={t('lots-hint')}
          defaultValue={units(draft?.minUnits)}
        />
        <Field
          {...figure}
          name="maxUnits"
          label={fields('maxUnits')}
          hint={cap === null ? t('lots-hint') : t('max-hint', { share: formatPercentE4(locale, cap) })}
          defaultValue={units(draft?.maxUnits)}
        />
      </div>
      <CheckField
        name="showDemand"
        label={fields('showDemand')}
        hint={t('demand-hint')}
        defaultChecked={draft?.showDemand ?? false}
      />
      <div className={PAIR}>
        <Field
          name="opensAt"
          type="datetime-local"
          label={fields('opensAt')}
          hint={t('time-hint')}
          need={need}
          required
          defaultValue={time(draft?.opensAt)}
        />
        <Field
          name="closesAt"
          type="datetime-local"
          label={fields('closesAt')}
          hint={t('time-hint')}
          need={need}
          required
          defaultValue={time(draft?.closesAt)}
        />
        <Field
          name="revealBy"
          type="datetime-local"
          label={fields('revealBy')}
          hint={t('reveal-hint')}
          need={common('form.optional')}
          defaultValue={time(draft?.revealBy ?? undefined)}
        />
      </div>
      <SelectField
        name="prospectus"
        label={fields('prospectus')}
        hint={t('prospectus-hint')}
        need={need}
        defaultValue={draft ? String(draft.prospectusId) : undefined}
        options={choices.prospectuses.map(({ id, version }) => ({
          value: String(id),
          label: t('version', { version }),
        }))}
      />
      <div className="flex flex-wrap gap-4">
        <Button>{t('save')}</Button>
        <LinkButton look="secondary" href={localePath(locale, back as `/${string}`)}>
          {t('cancel')}
        </LinkButton>
      </div>
    </ActionForm>
  );
}
