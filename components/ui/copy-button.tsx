'use client';

import { useState } from 'react';
import { buttonLook } from './button';

/** Copies what stands in a field. Only a script can: without one there is no such button. Where the browser keeps the clipboard shut, the text is selected. */
export function CopyButton({
  of,
  label,
  copied,
  selected,
}: {
  of: string;
  label: string;
  copied: string;
  selected: string;
}) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    const field = document.getElementById(of);
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
    field.select();
    const done = await navigator.clipboard?.writeText(field.value).then(
      () => true,
      () => false,
    );
    setSaid(done ? copied : selected);
  };
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 noscript:hidden">
      <button type="button" className={`${buttonLook('secondary')} cursor-pointer`} onClick={copy}>
        {label}
      </button>
      <span role="status">{said}</span>
    </div>
  );
}
