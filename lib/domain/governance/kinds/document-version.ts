import { z } from 'zod';
import { DOCUMENT_KINDS } from '../../states';
import { integerText, sha256Text, slug } from './fields';

const text = z.strictObject({
  title: z.string().min(1).max(200),
  body: z.string().min(1).max(60_000),
  sha256: sha256Text,
});

/** A version of a document, both languages together (DOMAIN §3): the texts themselves and their hashes. */
export const documentVersion = z.strictObject({
  slug,
  kind: z.enum(DOCUMENT_KINDS),
  version: integerText,
  en: text,
  ja: text,
});
export type DocumentVersion = z.output<typeof documentVersion>;
