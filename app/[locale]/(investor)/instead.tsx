import type { Route } from 'next';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/heading';

/**
 * A page that has nothing to show of its own says so and where to go. It does not redirect: a private page has begun its answer when it learns
 * this, and without a script a redirect would then leave the reader on an empty page.
 */
export function Instead({ title, note, go, href }: { title: string; note: string; go: string; href: Route }) {
  return (
    <>
      <PageHeading title={title} lead={note} />
      <div>
        <LinkButton href={href}>{go}</LinkButton>
      </div>
    </>
  );
}
