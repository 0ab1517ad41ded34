import { getTranslations } from 'next-intl/server';
import { Field, SelectField } from '@/components/ui/field';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { TextField } from '@/components/ui/text-field';
import { HOLIDAY_ACTS } from '@/lib/domain/governance/kinds/holiday-change';
import { FREEZE_REASONS } from '@/lib/domain/governance/kinds/investor-freeze';
import { COUNTRIES, COVENANT_LIMITS, type Locale, type ProposalKind } from '@/lib/domain/states';
import { decimalString } from '@/lib/i18n/format';
import type { KindFields } from '@/lib/services/payload-of-form';
import type { DocumentTexts, ProposalChoices } from '@/lib/services/view-proposals';

const POSTS = ['OPERATOR-US', 'OPERATOR-JP', 'MANAGER', 'AUDITOR', 'SUPPORT', 'CITIZEN'] as const;
const JAPANESE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/** The fields of one kind's form, filled with what is known. */
export async function KindFieldsOf({
  locale,
  kind,
  choices,
  texts,
  values,
}: {
  locale: Locale;
  kind: ProposalKind;
  choices: ProposalChoices;
  /** The newest version of the document that is to be written anew. */
  texts: DocumentTexts | null;
  values: KindFields;
}) {
  const t = await getTranslations('proposals.form');
  const words = await getTranslations('governance');
  const common = await getTranslations('common');
  const need = common('form.required');
  const remark = (
    <TextField name="remark" label={t('remark')} need={need} rows={3} defaultValue={values.remark ?? ''} />
  );
  const name = (one: { nameEn: string; nameJa: string }) => (locale === 'ja' ? one.nameJa : one.nameEn);
  switch (kind) {
    case 'INVESTOR_FREEZE':
    case 'INVESTOR_UNFREEZE':
      return (
        <>
          <Field
            name="investorId"
            label={t('investor')}
            need={need}
            required
            inputMode="numeric"
            autoComplete="off"
            defaultValue={values.investorId}
            className="max-w-48"
          />
          {kind === 'INVESTOR_FREEZE' && (
            <SelectField
              name="reason"
              label={t('reason')}
              need={need}
              defaultValue={values.reason}
              options={FREEZE_REASONS.map((value) => ({ value, label: words(`freeze.${value}`) }))}
            />
          )}
          {remark}
        </>
      );
    case 'ROLE_CHANGE':
      return (
        <>
          <SelectField
            name="member"
            label={t('member')}
            need={need}
            defaultValue={values.member}
            options={choices.staff.map(({ userId, name: label }) => ({
              value: String(userId),
              label,
              lang: JAPANESE.test(label) ? 'ja' : 'en',
            }))}
          />
          <SelectField
            name="post"
            label={t('post')}
            need={need}
            defaultValue={values.post}
            options={POSTS.map((value) => ({ value, label: words(`role.${value}`) }))}
          />
          {remark}
        </>
      );
    case 'COVENANT':
      return (
        <>
          {COVENANT_LIMITS.map((limit) => {
            const today = choices.limits.find((line) => line.name === limit)?.limitE4 ?? 0n;
            return (
              <Field
                key={limit}
                name={`limit${limit}`}
                label={words(`limit.${limit}`)}
                hint={words(`limit-note.${limit}`)}
                need={need}
                required
                inputMode="decimal"
                autoComplete="off"
                unit="%"
                className="max-w-32 text-right"
                defaultValue={values[`limit${limit}`] ?? decimalString(today, 2)}
              />
            );
          })}
          {remark}
        </>
      );
    case 'DEALING_START':
      return (
        <>
          <SelectField
            name="unitClass"
            label={t('class')}
            need={need}
            defaultValue={values.unitClass}
            options={choices.classes.map((one) => ({ value: one.code, label: name(one) }))}
          />
          <Field
            type="date"
            name="dealingFrom"
            label={t('dealing-from')}
            hint={t('dealing-from-hint')}
            need={need}
            required
            defaultValue={values.dealingFrom}
            className="max-w-48"
          />
          {remark}
        </>
      );
    case 'HOLIDAY_CHANGE':
      return <HolidayFields values={values} need={need} />;
    case 'OFFERING':
    case 'OFFERING_CANCEL': {
      const offered = kind === 'OFFERING' ? choices.drafts : choices.running;
      return (
        <>
          <SelectField
            name="offering"
            label={t('offering')}
            need={need}
            defaultValue={values.offering}
            options={offered.map((offering) => ({ value: offering.slug, label: name(offering) }))}
          />
          {kind === 'OFFERING_CANCEL' && remark}
        </>
      );
    }
    case 'DOCUMENT_VERSION':
      return texts ? <Texts texts={texts} values={values} need={need} /> : null;
    case 'ALLOTMENT':
    case 'NAV_PUBLICATION':
    case 'NAV_CORRECTION':
      return null;
  }
}

/** Both languages side by side, since both are published at once. */
async function Texts({ texts, values, need }: { texts: DocumentTexts; values: KindFields; need: string }) {
  const t = await getTranslations('proposals.form');
  return (
    <>
      <HiddenFields values={{ document: values.document ?? '' }} />
      <div className="grid gap-x-6 gap-y-6 lg:grid-cols-2">
        {(['en', 'ja'] as const).map((language) => {
          const [title, body] = language === 'en' ? (['titleEn', 'bodyEn'] as const) : (['titleJa', 'bodyJa'] as const);
          return (
            <div key={language} className="grid content-start gap-6">
              <Field
                name={title}
                label={t(title)}
                need={need}
                required
                lang={language}
                maxLength={200}
                defaultValue={values[title] ?? texts[language].title}
              />
              <TextField
                name={body}
                label={t(body)}
                need={need}
                rows={24}
                lang={language}
                defaultValue={values[body] ?? texts[language].body}
              />
            </div>
          );
        })}
      </div>
    </>
  );
}

/** A holiday of one market, with what everybody reads of it in both languages. */
async function HolidayFields({ values, need }: { values: KindFields; need: string }) {
  const t = await getTranslations('proposals.form');
  const words = await getTranslations('governance');
  return (
    <>
      <SelectField
        name="change"
        label={t('holiday-change')}
        need={need}
        defaultValue={values.change}
        options={HOLIDAY_ACTS.map((value) => ({ value, label: words(`holiday.${value}`) }))}
      />
      <SelectField
        name="market"
        label={t('market')}
        need={need}
        defaultValue={values.market}
        options={COUNTRIES.map((value) => ({ value, label: words(`market.${value}`) }))}
      />
      <Field
        type="date"
        name="holiday"
        label={t('holiday')}
        hint={t('holiday-hint')}
        need={need}
        required
        defaultValue={values.holiday}
        className="max-w-48"
      />
      {(['nameEn', 'nameJa'] as const).map((name) => (
        <Field
          key={name}
          name={name}
          label={t(name)}
          hint={t('name-hint')}
          need={t('name-need')}
          lang={name === 'nameEn' ? 'en' : 'ja'}
          maxLength={80}
          defaultValue={values[name]}
        />
      ))}
      {(['reasonEn', 'reasonJa'] as const).map((name) => (
        <TextField
          key={name}
          name={name}
          label={t(name)}
          need={need}
          rows={3}
          lang={name === 'reasonEn' ? 'en' : 'ja'}
          defaultValue={values[name] ?? ''}
        />
      ))}
    </>
  );
}
