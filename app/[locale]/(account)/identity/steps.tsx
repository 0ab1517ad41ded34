import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Facts } from '@/components/ui/facts';
import { Field, FieldErrors, RadioField, SelectField } from '@/components/ui/field';
import { Written } from '@/components/ui/written';
import type { Investor } from '@/db/queries/people';
import { fullName } from '@/lib/domain/people/names';
import { COUNTRY_CODES, regionsOf, sponsorCountry } from '@/lib/domain/people/places';
import type { Country, Locale } from '@/lib/domain/states';
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
  const inJapan = investor.residence === 'JP';
  const name = (
    field: 'familyName' | 'givenName' | 'familyNameKana' | 'givenNameKana',
    label: string,
    hint?: string,
  ) => (
    <Field
      key={field}
      name={field}
      label={label}
      hint={hint}
      need={required}
      required
      defaultValue={investor[field] ?? ''}
      autoComplete={AUTOCOMPLETE[field]}
    />
  );
  const family = name('familyName', t('family-name'), inJapan ? t('name-hint') : undefined);
  const given = name('givenName', t('given-name'));
  return (
    <>
      <ActionForm action={savePersonAction} locale={locale} summaryTitle={summary}>
        {inJapan ? [family, given] : [given, family]}
        {inJapan && name('familyNameKana', t('family-name-kana'))}
        {inJapan && name('givenNameKana', t('given-name-kana'))}
        <BirthDate locale={locale} investor={investor} />
        <Button>{t('save')}</Button>
      </ActionForm>
      <Back locale={locale} to="residence" />
    </>
  );
}

const AUTOCOMPLETE = {
  familyName: 'family-name',
  givenName: 'given-name',
  familyNameKana: 'off',
  givenNameKana: 'off',
};

/** Three plain boxes: a date of birth is known by heart, not picked from a calendar. */
async function BirthDate({ locale, investor }: StepProps) {
  const t = await getTranslations('identity');
  const { required } = await words();
  const [year = '', month = '', day = ''] = (investor.birthDate ?? '').split('-').map((part) => part.replace(/^0/, ''));
  const part = (name: string, label: string, value: string, autoComplete: string) => (
    <Field
      name={name}
      inputMode="numeric"
      autoComplete={autoComplete}
      label={label}
      need={required}
      required
      defaultValue={value}
      errorAbove
    />
  );
  return (
    <fieldset className="grid gap-3">
      <legend className="font-700">{t('birth-date')}</legend>
      <p className="text-[0.875rem] text-soft">{t('birth-date-hint')}</p>
      <FieldErrors names={['birthYear', 'birthMonth', 'birthDay']} />
      {/* The order of the language; boxes stand on one line even where a label takes two. */}
      <div className="grid grid-cols-3 items-end gap-4">
        {locale === 'ja' && part('birthYear', t('year'), year, 'bday-year')}
        {part('birthMonth', t('month'), month, 'bday-month')}
        {part('birthDay', t('day'), day, 'bday-day')}
        {locale === 'en' && part('birthYear', t('year'), year, 'bday-year')}
      </div>
    </fieldset>
  );
}

/** In the order of the country: from the region down to the room in Japan, from the street up in the US. */
export async function AddressStep({ locale, investor }: StepProps) {
  const t = await getTranslations('identity');
  const { summary } = await words();
  const country = sponsorCountry(investor.residence);
  const { postal, lookUp, region, city, street, building } = await addressFields(investor, country);
  return (
    <>
      <ActionForm action={saveAddressAction} locale={locale} summaryTitle={summary}>
        {/* The first button of a form is the one that the Enter key presses: saving, not looking up. */}
        <button type="submit" name="intent" value="save" className="sr-only" tabIndex={-1} aria-hidden="true" />
        {country === 'JP' && [postal, lookUp, region, city, street, building]}
        {country === 'US' && [postal, lookUp, street, building, city, region]}
        {country === null && [street, building, city, postal]}
        <Button name="intent" value="save">
          {t('save')}
        </Button>
      </ActionForm>
      <Back locale={locale} to="person" />
    </>
  );
}

async function addressFields(investor: Investor, country: Country | null) {
  const t = await getTranslations('identity');
  const { required, optional } = await words();
  const inJapan = country === 'JP';
  const line = (name: 'city' | 'street' | 'building', level: string, label: string) => (
    <Field
      key={name}
      name={name}
      autoComplete={level}
      label={label}
      need={name === 'building' ? optional : required}
      required={name !== 'building'}
      defaultValue={investor[name] ?? ''}
    />
  );
  return {
    postal: (
      <Field
        key="postal"
        name="postal"
        inputMode={country ? 'numeric' : 'text'}
        autoComplete="postal-code"
        label={t(inJapan ? 'postal-jp' : country ? 'postal-us' : 'postal-other')}
        hint={country ? t('postal-hint') : undefined}
        need={country ? required : optional}
        defaultValue={investor.postalCode ?? ''}
      />
    ),
    lookUp: (
      <div key="look-up">
        <Button look="secondary" name="intent" value="look-up">
          {t('look-up')}
        </Button>
      </div>
    ),
    region: country && (
      <SelectField
        key="region"
        name="region"
        autoComplete="address-level1"
        label={t(inJapan ? 'region-jp' : 'region-us')}
        need={required}
        defaultValue={investor.region ?? ''}
        options={[{ value: '', label: t('choose') }, ...regionsOf(country).map((value) => ({ value, label: value }))]}
      />
    ),
    city: line('city', 'address-level2', t(inJapan ? 'city-jp' : 'city')),
    street: line('street', 'address-line1', t(inJapan ? 'street-jp' : 'street')),
    building: line('building', 'address-line2', t(inJapan ? 'building' : 'building-us')),
  };
}

export async function ReviewStep({ locale, investor }: StepProps) {
  const t = await getTranslations('identity');
  const { summary } = await words();
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const { familyName, givenName, familyNameKana, givenNameKana, postalCode, region, city, street, building } = investor;
  const inJapan = investor.residence === 'JP';
  const address = inJapan
    ? `〒${postalCode} ${region}${city}${street}${building ? ` ${building}` : ''}`
    : [street, building, city, region && `${region} ${postalCode}`, !region && postalCode].filter(Boolean).join(', ');
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
            value: <Written>{fullName(familyName ?? '', givenName ?? '')}</Written>,
            note: familyNameKana && <Written>{`${familyNameKana} ${givenNameKana}`}</Written>,
          },
          { term: t('birth-date'), value: formatDate(locale, investor.birthDate ?? ''), note: change('person') },
          { term: t('address'), value: <Written>{address}</Written>, note: change('address') },
        ]}
      />
      <ActionForm action={submitIdentityAction} locale={locale} summaryTitle={summary}>
        <Button>{t('hand-in')}</Button>
      </ActionForm>
    </>
  );
}
