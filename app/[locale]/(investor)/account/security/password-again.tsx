import { getTranslations } from 'next-intl/server';
import { Field } from '@/components/ui/field';
import type { Session } from '@/lib/auth/session';

/** Who has no second step yet gives the password again before setting one up; everybody else has just done theirs. */
export async function PasswordAgain({ session }: { session: Session }) {
  if (session.secondStep !== 'NONE') return null;
  const account = await getTranslations('account');
  const common = await getTranslations('common');
  return (
    <Field
      name="currentPassword"
      type="password"
      autoComplete="current-password"
      label={account('password.current')}
      need={common('form.required')}
      required
    />
  );
}
