/** What a form carries along without showing it: its idempotency key, and what was settled on an earlier page. */
export function HiddenFields({ values }: { values: Record<string, string> }) {
  return Object.entries(values).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}
