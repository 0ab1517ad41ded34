import type { Locale } from '@/lib/domain/states';

/** Who acts: an investor whose session the page has checked, and the language they read. */
export type Actor = { investorId: bigint; locale: Locale };
