import { randomBytes } from 'node:crypto';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { TextField } from '@/components/ui/text-field';
import type { Country, Locale } from '@/lib/domain/states';
import { formatDeadline } from '@/lib/i18n/format';
import { commitAction, revealAction } from '../../actions';

type Props = { locale: Locale; slug: string; side: Country; until: Date };

/** A side's secret: drawn anew for each look at the page, or brought along. What is sent is hashed and forgotten (docs/decisions/0011). */
export const CommitForm = (props: Props) => (
  <SecretForm {...props} act="commit" secret={randomBytes(32).toString('hex')} />
);

export const RevealForm = (props: Props) => <SecretForm {...props} act="reveal" secret="" />;

async function SecretForm({
  locale,
  slug,
  side,
  until,
  act,
  secret,
}: Props & { act: 'commit' | 'reveal'; secret: string }) {
  const t = await getTranslations('desk.draw');
  const common = await getTranslations('common');
  const sides = await getTranslations('results.draw.side');
  return (
    <ActionForm
      action={act === 'commit' ? commitAction : revealAction}
      locale={locale}
      summaryTitle={common('form.summary')}
      className="max-w-none"
    >
      <p className="measure">{t(`${act}.text`, { side: sides(side), at: formatDeadline(locale, until) })}</p>
      <HiddenFields values={{ slug }} />
      {/* Two lines, because on a phone one would hide half of what has to be copied. */}
      <TextField
        name="secret"
        label={common('fields.secret')}
        hint={t(`${act}.hint`)}
        need={common('form.required')}
        rows={2}
        lang="zxx"
        defaultValue={secret}
      />
      {act === 'commit' && (
        <CopyButton of="secret" label={t('commit.copy')} copied={t('commit.copied')} selected={t('commit.selected')} />
      )}
      <div>
        <Button>{t(`${act}.act`)}</Button>
      </div>
    </ActionForm>
  );
}
