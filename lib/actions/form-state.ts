/** What a form knows after an attempt: the refusals in words, and what was typed (secrets left out). */
export type FormState = {
  /** Changes with each attempt, so that focus moves to the summary again. */
  attempt: number;
  errors: { field?: string | undefined; text: string }[];
  values: Record<string, string>;
};

export const emptyForm: FormState = { attempt: 0, errors: [], values: {} };
