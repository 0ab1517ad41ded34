import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Written } from '@/components/ui/written';
import type { ListedPasskey } from '@/db/queries/factors';
import type { Locale } from '@/lib/domain/states';
import { between, formatInstant } from '@/lib/i18n/format';
import { removePasskeyAction } from './actions';

/** The passkeys under the names that their owner gave them, each with a button to remove it where one may go. */
export async function PasskeyList({
  passkeys,
  removable,
  locale,
}: {
  passkeys: ListedPasskey[];
  removable: boolean;
  locale: Locale;
}) {
  if (passkeys.length === 0) return null;
  const t = await getTranslations('factors');
  const common = await getTranslations('common');
  return (
    <ul className="divide-y divide-line border-y border-line">
      {passkeys.map(({ credentialId, name, createdAt, lastUsedAt }) => (
        <li key={credentialId} className="grid gap-3 py-4 sm:grid-cols-[1fr_auto] sm:items-center">
          <div>
            <p className="wrap-anywhere font-700">
              <Written>{name}</Written>
            </p>
            <p className="text-[0.875rem] text-soft">
              {t('passkey.since', { at: formatInstant(locale, createdAt) })}
              {between(locale)}
              {lastUsedAt ? t('passkey.last-used', { at: formatInstant(locale, lastUsedAt) }) : t('passkey.never-used')}
            </p>
          </div>
          {removable && (
            <ActionForm action={removePasskeyAction} locale={locale} summaryTitle={common('form.summary')}>
              <input type="hidden" name="credentialId" value={credentialId} />
              <Button look="secondary">{t('passkey.remove')}</Button>
            </ActionForm>
          )}
        </li>
      ))}
    </ul>
  );
}
