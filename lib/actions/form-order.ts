import type { Refusal } from '@/lib/result';

/**
 * Refusals as the page asks, whose order differs from the schema's by language: a given name comes first in English, a family name in Japanese.
 * `names` are the fields in the order in which they were sent. What was not sent, as a choice not made, keeps its place.
 */
export function inOrderOfForm(refusals: Refusal[], names: string[]): Refusal[] {
  const place = ({ field }: Refusal) => names.indexOf(field ?? '');
  const sent = refusals.filter((refusal) => place(refusal) >= 0).sort((a, b) => place(a) - place(b));
  return refusals.map((refusal) => (place(refusal) < 0 ? refusal : (sent.shift() ?? refusal)));
}
