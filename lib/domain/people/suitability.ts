/**
 * Suitability 適合性の原則 (DOMAIN §3): the questions of a version, and the outcome that follows from the answers. Texts are messages; a new
 * set of questions is a new version, and old answers keep the version they were given under.
 */
import { z } from 'zod';

export const SUITABILITY_VERSION = 1;

/** Each question belongs to one of the five matters; each choice has points. Order is the order on the page. */
export const QUESTIONS = [
  { id: 'knowledgeLoss', matter: 'knowledge', choices: { never: 0, sometimes: 3, unsure: 0 } },
  { id: 'knowledgeCurrency', matter: 'knowledge', choices: { noEffect: 0, changes: 2, unsure: 0 } },
  { id: 'experience', matter: 'experience', choices: { none: 0, some: 1, years: 2 } },
  { id: 'finances', matter: 'finances', choices: { wouldHurt: 0, partOfSavings: 1, spare: 2 } },
  { id: 'purpose', matter: 'purpose', choices: { neededSoon: 0, fewYears: 1, longTerm: 2 } },
  { id: 'risk', matter: 'risk', choices: { noLoss: 0, smallLoss: 1, largeLoss: 2 } },
] as const;

export type Question = (typeof QUESTIONS)[number];
export type QuestionId = Question['id'];

export const suitabilityAnswersSchema = z.strictObject({
  knowledgeLoss: z.enum(['never', 'sometimes', 'unsure'], 'identity.choose'),
  knowledgeCurrency: z.enum(['noEffect', 'changes', 'unsure'], 'identity.choose'),
  experience: z.enum(['none', 'some', 'years'], 'identity.choose'),
  finances: z.enum(['wouldHurt', 'partOfSavings', 'spare'], 'identity.choose'),
  purpose: z.enum(['neededSoon', 'fewYears', 'longTerm'], 'identity.choose'),
  risk: z.enum(['noLoss', 'smallLoss', 'largeLoss'], 'identity.choose'),
}) satisfies z.ZodType<{ [Q in Question as Q['id']]: keyof Q['choices'] }>;
export type SuitabilityAnswers = z.infer<typeof suitabilityAnswersSchema>;

export type SuitabilityOutcome = 'SUITABLE' | 'NOT_SUITABLE';
export const SUITABILITY_CONCERNS = ['knowledge', 'finances', 'purpose', 'risk', 'overall'] as const;
export type SuitabilityConcern = (typeof SUITABILITY_CONCERNS)[number];

/** Fewer points than this, of 13, and the answers as a whole speak against it even where none does by itself. */
export const SUITABILITY_MIN_POINTS = 6;

/** Units can fall, and cannot be guaranteed: four answers stand against buying them whatever the others say. */
export function scoreSuitability(answers: SuitabilityAnswers): {
  outcome: SuitabilityOutcome;
  points: number;
  concerns: SuitabilityConcern[];
} {
  let points = 0;
  for (const question of QUESTIONS) {
    const choices: Record<string, number> = question.choices;
    points += choices[answers[question.id]] ?? 0;
  }
  const concerns: SuitabilityConcern[] = [];
  if (answers.knowledgeLoss !== 'sometimes') concerns.push('knowledge');
  if (answers.finances === 'wouldHurt') concerns.push('finances');
  if (answers.purpose === 'neededSoon') concerns.push('purpose');
  if (answers.risk === 'noLoss') concerns.push('risk');
  if (concerns.length === 0 && points < SUITABILITY_MIN_POINTS) concerns.push('overall');
  return { outcome: concerns.length === 0 ? 'SUITABLE' : 'NOT_SUITABLE', points, concerns };
}

/** A year later to the instant; February 29 becomes March 1. */
export function suitabilityExpiresAt(answeredAt: Date): Date {
  const expires = new Date(answeredAt);
  expires.setUTCFullYear(expires.getUTCFullYear() + 1);
  return expires;
}
