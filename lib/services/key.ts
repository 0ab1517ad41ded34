/** An idempotency key: any UUID, as `crypto.randomUUID()` makes them. */
export const isKey = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
