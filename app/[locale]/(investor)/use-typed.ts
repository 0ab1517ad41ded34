'use client';

import { useEffect, useRef, useState } from 'react';

/** What stands in the named fields of the form around `place`, from the first paint with a script and after each keystroke. */
export function useTyped<Name extends string>(names: readonly Name[]) {
  const place = useRef<HTMLElement>(null);
  const [typed, setTyped] = useState(() => Object.fromEntries(names.map((name) => [name, ''])) as Record<Name, string>);
  const known = useRef(names);
  useEffect(() => {
    const form = place.current?.closest('form');
    if (!form) return;
    const read = () => {
      const data = new FormData(form);
      const entries = known.current.map((name) => [name, String(data.get(name) ?? '')]);
      setTyped(Object.fromEntries(entries) as Record<Name, string>);
    };
    read();
    form.addEventListener('input', read);
    return () => form.removeEventListener('input', read);
  }, []);
  return { place, typed };
}
