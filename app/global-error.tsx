'use client';

import '@/components/layout/globals.css';
import { usePathname } from 'next/navigation';
import { Failure, localeOfPath } from '@/components/layout/failure';

/** When even the frame of a page has failed. It names no page's texts, since nothing else may be relied on. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const locale = localeOfPath(usePathname() ?? '');
  return (
    <html lang={locale}>
      <body>
        <title>Wakachi</title>
        <main className="mx-auto max-w-280 px-4 py-12">
          <Failure locale={locale} error={error} retry={retry} />
        </main>
      </body>
    </html>
  );
}
