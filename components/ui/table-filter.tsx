import type { Route } from 'next';
import Link from 'next/link';
import { CONTROL } from './control';
import { HiddenFields } from './hidden-fields';

export type FilterField = {
  name: string;
  label: string;
  value: string | undefined;
  /** The first is "all". */
  options: { value: string; label: string }[];
};

const LABEL = 'text-[0.875rem] font-700';

/** What a table shows: a search and a few choices, sent as a plain address. */
export function TableFilter({
  label,
  action,
  search,
  fields,
  hidden,
  show,
  clear,
}: {
  label: string;
  action: Route;
  search?: { label: string; hint: string; value: string };
  fields: readonly FilterField[];
  /** The order that the table is in, which a filter keeps. */
  hidden: Record<string, string>;
  show: string;
  clear: { label: string; href: Route } | null;
}) {
  return (
    <search aria-label={label}>
      <form method="get" action={action} className="grid gap-3">
        <HiddenFields values={hidden} />
        <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
          {search && (
            <div className="grid w-full gap-1 sm:w-72">
              <label htmlFor="q" className={LABEL}>
                {search.label}
              </label>
              <input
                id="q"
                name="q"
                type="search"
                maxLength={100}
                defaultValue={search.value}
                aria-describedby="q-hint"
                className={CONTROL}
              />
            </div>
          )}
          {fields.map((field) => (
            <div key={field.name} className="grid gap-1">
              <label htmlFor={field.name} className={LABEL}>
                {field.label}
              </label>
              <select id={field.name} name={field.name} defaultValue={field.value ?? ''} className={CONTROL}>
                {field.options.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                  </option>
                ))}
              </select>
            </div>
          ))}
          <button
            type="submit"
            className="min-h-12 cursor-pointer rounded-8 border border-accent bg-surface px-4 py-2 font-700 text-accent hover:bg-accent-soft"
          >
            {show}
          </button>
          {clear && (
            <Link href={clear.href} className="inline-flex min-h-12 items-center">
              {clear.label}
            </Link>
          )}
        </div>
        {search && (
          <p id="q-hint" className="text-[0.875rem] text-soft">
            {search.hint}
          </p>
        )}
      </form>
    </search>
  );
}
