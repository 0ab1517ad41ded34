import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Facts } from '@/components/ui/facts';
import { Field, RadioField, SelectField } from '@/components/ui/field';
import type { Investor } from '@/db/queries/people';
import { fullName } from '@/lib/domain/people/names';
import { COUNTRY_CODES, regionsOf, sponsorCountry } from '@/lib/domain/people/places';
import type { Locale } from '@/lib/domain/states';
import { formatDate } from '@/lib/i18n/format';
import { localePath } from '@/lib/i18n/locale';
import { saveAddressAction, savePersonAction, saveResidenceAction, submitIdentityAction } from './actions';

type StepProps = { locale: Locale; investor: Investor };

const stepHref = (locale: Locale, step: string) => `${localePath(locale, '/identity')}?step=${step}` as Route;

async function words() {
  const common = await getTranslations('common');
  return { required: common('form.required'), optional: common('form.optional'), summary: common('form.summary') };
}

/** The two sponsors' countries first, then all others in the order of the reader's language. */
function countryOptions(locale: Locale, choose: string) {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const named = (code: string) => ({ value: code, label: names.of(code) ?? code });
  const others = COUNTRY_CODES.filter((code) => code !== 'US' && code !== 'JP').map(named);
  others.sort((a, b) => a.label.localeCompare(b.label, locale));
  const first = locale === 'ja' ? ['JP', 'US'] : ['US', 'JP'];
  return [{ value: '', label: choose }, ...first.map(named), ...others];
}

async function Back({ locale, to }: { locale: Locale; to: string }) {
  const t = await getTranslations('identity');
  return (
    <p>
      <Link href={stepHref(locale, to)} className="inline-flex min-h-11 items-center">
        {t('back')}
      </Link>
    </p>
  );
}

export async function ResidenceStep({ locale, investor }: StepProps) {
  const t = await getTranslations('identity');
  const { required, summary } = await words();
  const countries = countryOptions(locale, t('choose'));
  const usPerson = investor.usPerson === null ? undefined : investor.usPerson ? 'yes' : 'no';
  return (
    <ActionForm action={saveResidenceAction} locale={locale} summaryTitle={summary}>
      <SelectField
        name="residence"
        label={t('residence')}
        need={required}
        options={countries}
        defaultValue={investor.residence ?? ''}
        autoComplete="country"
      />
      <SelectField
        name="nationality"
        label={t('nationality')}
        hint={t('nationality-hint')}
        need={required}
        options={countries}
        defaultValue={investor.nationality ?? ''}
      />
      <RadioField
        name="usPerson"
        label={t('us-person')}
        hint={t('us-person-hint')}
        need={required}
        options={[
          { value: 'yes', label: t('yes') },
          { value: 'no', label: t('no') },
        ]}
        {...(usPerson && { defaultValue: usPerson })}
      />
      <Button>{t('save')}</Button>
    </ActionForm>
  );
}

export async function PersonStep({ locale, investor }: StepProps) {
  const t = await getTranslations('identity');
  const { required, summary } = await words();
  const [year = '', month = '', day = ''] = (investor.birthDate ?? '').split('-').map((part) => part.replace(/^0/, ''));
  const inJapan = investor.residence === 'JP';
  const family = (
    <Field
      key="family"
      name="familyName"
      autoComplete="family-name"
      label={t('family-name')}
      hint={t('name-hint')}
      need={required}
      required
      defaultValue={investor.familyName ?? ''}
    />
  );
  const given = (
    <Field
      key="given"
      name="givenName"
      autoComplete="given-name"
      label={t('given-name')}
      need={required}
      required
      defaultValue={investor.givenName ?? ''}
    />
  );
  return (
    <>
      <ActionForm action={savePersonAction} locale={locale} summaryTitle={summary}>
        {inJapan ? [family, given] : [given, family]}
        {inJapan && (
          <>
            <Field
              name="familyNameKana"
              label={t('family-name-kana')}
              need={required}
              required
              defaultValue={investor.familyNameKana ?? ''}
            />
            <Field
              name="givenNameKana"
              label={t('given-name-kana')}
              need={required}
              required
              defaultValue={investor.givenNameKana ?? ''}
            />
          </>
        )}
        <fieldset className="grid gap-3">
          <legend className="font-700">{t('birth-date')}</legend>
          <p className="text-[0.875rem] text-soft">{t('birth-date-hint')}</p>
          <div className="grid grid-cols-3 gap-4">
            <Field
              name="birthYear"
              inputMode="numeric"
              autoComplete="bday-year"
              label={t('year')}
              need={required}
              required
              defaultValue={year}
            />
            <Field
              name="birthMonth"
              inputMode="numeric"
              autoComplete="bday-month"
              label={t('month')}
              need={required}
              required
              defaultValue={month}
            />
            <Field
              name="birthDay"
              inputMode="numeric"
              autoComplete="bday-day"
              label={t('day')}
              need={required}
              required
              defaultValue={day}
            />
          </div>
        </fieldset>
        <Button>{t('save')}</Button>
      </ActionForm>
      <Back locale={locale} to="residence" />
    </>
  );
}

/** In the order of the country: from the region down to the room in Japan, from the street up in the US. */
export async function AddressStep({ locale, investor }: StepProps) {
  const t = await getTranslations('identity');
  const { required, optional, summary } = await words();
  const country = sponsorCountry(investor.residence);
  const inJapan = country === 'JP';
  const postal = (
    <Field
      key="postal"
      name="postal"
      inputMode={country ? 'numeric' : 'text'}
      autoComplete="postal-code"
      label={t(`postal-${inJapan ? 'jp' : country ? 'us' : 'other'}`)}
      hint={country ? t('postal-hint') : undefined}
      need={country ? required : optional}
      defaultValue={investor.postalCode ?? ''}
    />
  );
  const lookUp = country && (
    <div key="look-up">
      <Button look="secondary" name="intent" value="look-up">
        {t('look-up')}
      </Button>
    </div>
  );
  const region = country && (
    <SelectField
      key="region"
      name="region"
      autoComplete="address-level1"
      label={t(inJapan ? 'region-jp' : 'region-us')}
      need={required}
      defaultValue={investor.region ?? ''}
      options={[{ value: '', label: t('choose') }, ...regionsOf(country).map((value) => ({ value, label: value }))]}
    />
  );
  const city = (
    <Field
      key="city"
      name="city"
      autoComplete="address-level2"
      label={t(inJapan ? 'city-jp' : 'city')}
      need={required}
      required
      defaultValue={investor.city ?? ''}
    />
  );
  const street = (
    <Field
      key="street"
      name="street"
      autoComplete="address-line1"
      label={t(inJapan ? 'street-jp' : 'street')}
      need={required}
      required
      defaultValue={investor.street ?? ''}
    />
  );
  const building = (
    <Field
      key="building"
      name="building"
      autoComplete="address-line2"
      label={t(inJapan ? 'building' : 'building-us')}
      need={optional}
      defaultValue={investor.building ?? ''}
    />
  );
  return (
    <>
      <ActionForm action={saveAddressAction} locale={locale} summaryTitle={summary}>
        {/* The first button of a form is the one that the Enter key presses: saving, not looking up. */}
        <button type="submit" name="intent" value="save" className="sr-only" tabIndex={-1} aria-hidden="true" />
        {inJapan
          ? [postal, lookUp, region, city, street, building]
          : country
            ? [postal, lookUp, street, building, city, region]
            : [street, building, city, postal]}
        <Button name="intent" value="save">
          {t('save')}
        </Button>
      </ActionForm>
      <Back locale={locale} to="person" />
    </>
  );
}

export async function ReviewStep({ locale, investor }: StepProps) {
  const t = await getTranslations('identity');
  const { summary } = await words();
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const { familyName, givenName, familyNameKana, givenNameKana, postalCode, region, city, street, building } = investor;
  const inJapan = investor.residence === 'JP';
  const address = inJapan
    ? `〒${postalCode} ${region}${city}${street}${building ? ` ${building}` : ''}`
    : [street, building, city, region, postalCode].filter(Boolean).join(', ');
  const change = (step: 'residence' | 'person' | 'address') => (
    <Link href={stepHref(locale, step)} className="inline-flex min-h-11 items-center">
      {t('change', { what: t(`steps.${step}`) })}
    </Link>
  );
  return (
    <>
      <Facts
        items={[
          { term: t('residence'), value: names.of(investor.residence ?? '') },
          { term: t('nationality'), value: names.of(investor.nationality ?? '') },
          { term: t('us-person'), value: investor.usPerson ? t('yes') : t('no'), note: change('residence') },
          {
            term: t('name'),
            value: fullName(familyName ?? '', givenName ?? ''),
            note: familyNameKana && `${familyNameKana} ${givenNameKana}`,
          },
          { term: t('birth-date'), value: formatDate(locale, investor.birthDate ?? ''), note: change('person') },
          { term: t('address'), value: address, note: change('address') },
        ]}
      />
      <ActionForm action={submitIdentityAction} locale={locale} summaryTitle={summary}>
        <Button>{t('hand-in')}</Button>
      </ActionForm>
    </>
  );
}
