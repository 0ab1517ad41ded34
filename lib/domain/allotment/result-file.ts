/**
 * The result file of an allotment: everything that went in and came out, so that anyone can compute it again (check-draw.ts). JSON; units are
 * decimal texts, since they may be past what JSON's readers take for exact; applicants stand one a line, by ascending id, though their order
 * means nothing. No file of it names a person.
 */
import { z } from 'zod';
import { COUNTRIES } from '../states';
import { byId } from './applicants';
import { BEACON_SOURCES } from './beacon';
import type { Figures } from './figures';
import { ALLOTMENT_METHODS } from './model';

export const RESULT_FORMAT = 'wakachi-allotment-result/1';

const units = z.string().regex(/^(0|[1-9]\d{0,18})$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const id = z.string().regex(/^[0-9a-f]{32}$/);
const count = z.int().nonnegative();
const instant = z.iso.datetime({ precision: 3 });

const success = { full: count, part: count, none: count };
export const figuresSchema = z.strictObject({
  applicants: count,
  askedUnits: units,
  supplyUnits: units,
  allottedUnits: units,
  upsizeUsedUnits: units,
  ceilingUnits: units.nullable(),
  extraLots: count,
  tickets: count,
  ...success,
  sizes: z.array(
    z.strictObject({ toUnits: units, applicants: count, askedUnits: units, allottedUnits: units, ...success }),
  ),
});
export type FiguresJson = z.infer<typeof figuresSchema>;

export const drawSchema = z.strictObject({
  listSha256: hash,
  revealBy: instant,
  parts: z.array(z.strictObject({ side: z.enum(COUNTRIES), commitment: hash.nullable(), secret: hash.nullable() })),
  beacon: z.strictObject({
    source: z.enum(BEACON_SOURCES),
    at: instant,
    value: z.string().regex(/^([0-9a-f]{2}){16,128}$/),
  }),
  seed: hash,
});

const headSchema = z.strictObject({
  format: z.literal(RESULT_FORMAT),
  ruleVersion: z.int().positive(),
  offering: z.strictObject({
    slug: z.string().regex(/^[a-z0-9-]{1,100}$/),
    method: z.enum(ALLOTMENT_METHODS),
    lotUnits: units.refine((text) => text !== '0'),
    offeredUnits: units,
    upsizeUnits: units,
  }),
  draw: drawSchema,
  figures: figuresSchema,
  outcomeSha256: hash,
});

/** Id, units asked, units allotted. */
export type ResultRow = [id: string, asked: string, allotted: string];
export type ResultHead = z.infer<typeof headSchema>;
export type ResultFile = ResultHead & { applicants: ResultRow[] };

const fileSchema = headSchema.extend({ applicants: z.array(z.tuple([id, units, units])) });

/** Why a file is no result file: not JSON at all, or the place in it that is not as it should be. */
export type NotAResult = { ok: false; at: string | null };

export function parseResultFile(text: string): { ok: true; file: ResultFile } | NotAResult {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, at: null };
  }
  const parsed = fileSchema.safeParse(json);
  if (parsed.success) return { ok: true, file: parsed.data };
  return { ok: false, at: parsed.error.issues[0]?.path.join('.') ?? '' };
}

/** Units of figures become texts, people stay numbers. */
export function figuresJson(figures: Figures): FiguresJson {
  const texts = (_key: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
  return JSON.parse(JSON.stringify(figures, texts));
}

/** The text of a file up to its first applicant. Rows follow, joined by ROW_END, and then FILE_END: a million of them need not stand in memory at once. */
export function resultHeadText(head: ResultHead): string {
  const open = JSON.stringify(head, null, 2).replace(/\n\}$/, '');
  return `${open},\n  "applicants": [\n`;
}
export const resultRowText = ([applicant, asked, allotted]: ResultRow): string =>
  `    ["${applicant}", "${asked}", "${allotted}"]`;
export const ROW_END = ',\n';
export const FILE_END = '\n  ]\n}\n';

export function resultFileText({ applicants, ...head }: ResultFile): string {
  const rows = applicants.map((row) => ({ id: row[0], row })).sort(byId);
  return resultHeadText(head) + rows.map(({ row }) => resultRowText(row)).join(ROW_END) + FILE_END;
}
