'use client';

import { usePathname } from 'next/navigation';
import { Failure, localeOfPath } from '@/components/layout/failure';

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return <Failure locale={localeOfPath(usePathname())} error={error} retry={retry} />;
}
