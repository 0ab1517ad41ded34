import type { Route } from 'next';
import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { Button, LinkButton } from '@/components/ui/button';
import { HiddenFields } from '@/components/ui/hidden-fields';
import { TextField } from '@/components/ui/text-field';
import { DESK_PLACES } from '@/lib/domain/desk/places';
import type { Country, Locale } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import type { SeenProposal } from '@/lib/services/view-proposals';
import { rejectAction, signAction, withdrawAction } from '../actions';

/** What the reader may do: sign for their side, turn it down, or take it back. The database decides again when they do. */
export async function Acts({
  locale,
  proposal,
  current,
  side,
}: {
  locale: Locale;
  proposal: SeenProposal;
  current: { revision: number; sha256: string };
  side: Country | null;
}) {
  const t = await getTranslations('proposals');
  const words = await getTranslations('governance.side');
  const common = await getTranslations('common');
  const { id, may, signedUs, signedJp } = proposal;
  const seen = { id, revision: String(current.revision), sha256: current.sha256 };
  const form = { locale, summaryTitle: common('form.summary') };
  return (
    <>
      {may.sign && side && (
        <section className="grid gap-3">
          <h2 className="font-700">{t('sign.title', { side: words(side) })}</h2>
          <p className="measure">
            {t('sign.what', { revision: current.revision, hash: current.sha256.slice(0, 12) })}{' '}
            {(signedUs || signedJp) && <strong>{t('sign.last')}</strong>}
          </p>
          {may.stale ? (
            <div className="grid gap-3">
              <p>{t('sign.stale')}</p>
              <div>
                <LinkButton href={stepUp(locale, id)}>{t('sign.stale-act')}</LinkButton>
              </div>
            </div>
          ) : (
            <ActionForm action={signAction} {...form}>
              <HiddenFields values={seen} />
              <div>
                <Button>{t('sign.act')}</Button>
              </div>
            </ActionForm>
          )}
        </section>
      )}
      {may.reject && (
        <section className="grid gap-3">
          <h2 className="font-700">{t('reject.title')}</h2>
          <ActionForm action={rejectAction} {...form}>
            <HiddenFields values={{ id, revision: seen.revision }} />
            <TextField name="reason" label={t('reject.reason')} need={common('form.required')} rows={3} />
            <div>
              <Button look="secondary">{t('reject.act')}</Button>
            </div>
          </ActionForm>
        </section>
      )}
      {may.withdraw && (
        <section className="grid gap-3">
          <h2 className="font-700">{t('withdraw.title')}</h2>
          <p className="measure">{t('withdraw.what')}</p>
          <ActionForm action={withdrawAction} {...form}>
            <HiddenFields values={{ id }} />
            <div>
              <Button look="secondary">{t('withdraw.act')}</Button>
            </div>
          </ActionForm>
        </section>
      )}
    </>
  );
}

const stepUp = (locale: Locale, id: string): Route =>
  `${localePath(locale, '/second-factor')}?next=${encodeURIComponent(localePath(locale, `${DESK_PLACES.proposals.path}/${id}`))}` as Route;
