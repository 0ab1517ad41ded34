/** What a form knows after an attempt: the refusals in words, and what was typed (secrets left out). */
export type FormState = {
  /** Changes with each attempt, so that focus moves to the summary again. */
  attempt: number;
  errors: {
    field?: string | undefined;
    text: string;
    /** The text with the name of its field, for the summary, where "Enter this." alone would say nothing. */
    named?: string | undefined;
  }[];
  values: Record<string, string>;
  /** What an attempt did that neither left the page nor was refused. */
  note?: string | undefined;
  /** What the attempt made and nobody can show again; it stands in this answer alone. */
  shownOnce?: string[] | undefined;
};

export const emptyForm: FormState = { attempt: 0, errors: [], values: {} };
