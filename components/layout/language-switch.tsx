'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import type { Locale } from '@/lib/domain/states';
import { otherLocale } from '@/lib/i18n/locale';

const KEPT = 'typed-before-language-switch';
const LOOK =
  'inline-flex min-h-11 shrink-0 items-center rounded-8 px-1 whitespace-nowrap sm:px-2 underline underline-offset-4';

const nameOf = (locale: Locale): string => (locale === 'ja' ? '日本語' : 'English');

/**
 * A link to the same page in the other language, written in that language. What was typed in the page's forms comes along (passwords
 * do not): it waits in the tab's own storage for the one page load.
 */
export function LanguageSwitch({ locale, label }: { locale: Locale; label: string }) {
  const other = otherLocale(locale);
  const path = usePathname();
  const target = `/${other}${path.replace(/^\/(en|ja)(?=\/|$)/, '')}`;

  useEffect(() => {
    const kept = sessionStorage.getItem(KEPT);
    if (!kept) return;
    sessionStorage.removeItem(KEPT);
    const { at, typed } = JSON.parse(kept) as { at: string; typed: [string, string | boolean][] };
    if (at === window.location.pathname) restore(typed);
  }, []);

  return (
    <a
      data-plain
      href={target}
      hrefLang={other}
      lang={other}
      aria-label={label}
      className={LOOK}
      onClick={(event) => {
        sessionStorage.setItem(KEPT, JSON.stringify({ at: target, typed: typedValues() }));
        event.currentTarget.href = target + window.location.search + window.location.hash;
      }}
    >
      {nameOf(other)}
    </a>
  );
}

/** Before it is known which page this is, and where no script will tell: the other language's start page. */
export function LanguageLink({ locale, label }: { locale: Locale; label: string }) {
  const other = otherLocale(locale);
  return (
    <a data-plain href={`/${other}`} hrefLang={other} lang={other} aria-label={label} className={LOOK}>
      {nameOf(other)}
    </a>
  );
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function controls(): Control[] {
  return [...document.querySelectorAll<Control>('main form :is(input, select, textarea)')].filter(
    // The router keeps pages that were left in the document, hidden: a field of theirs may have the same name.
    (control) =>
      control.checkVisibility() && control.name && !['hidden', 'password', 'submit', 'button'].includes(control.type),
  );
}

const isBox = (control: Control): control is HTMLInputElement =>
  control.type === 'checkbox' || control.type === 'radio';

function typedValues(): [string, string | boolean][] {
  return controls().map((control) => [
    isBox(control) ? `${control.name}=${control.value}` : control.name,
    isBox(control) ? control.checked : control.value,
  ]);
}

function restore(typed: [string, string | boolean][]): void {
  const values = new Map(typed);
  for (const control of controls()) {
    const value = values.get(isBox(control) ? `${control.name}=${control.value}` : control.name);
    if (value === undefined) continue;
    if (isBox(control)) control.checked = value === true;
    else control.value = String(value);
    control.dispatchEvent(new Event('input', { bubbles: true }));
  }
}
