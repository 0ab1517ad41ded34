/** The arguments that an ICU message takes, each with its type: `{count, plural, one {# part} other {# parts}}` takes `count plural`. */
export function icuArguments(message: string): string[] {
  const found = new Set<string>();
  readMessage(message.replaceAll("''", ''), 0, found);
  for (const [, tag] of message.matchAll(/<(\w+)>/g)) found.add(`<${tag}>`);
  return [...found].sort();
}

/** Reads up to the brace that closes the branch it is in; returns the position after it. */
function readMessage(text: string, start: number, found: Set<string>): number {
  let at = start;
  while (at < text.length && text[at] !== '}') {
    // An apostrophe before a brace quotes up to the next one.
    if (text[at] === "'" && /[{}]/.test(text[at + 1] ?? '')) at = text.indexOf("'", at + 2) + 1 || text.length;
    else if (text[at] === '{') at = readArgument(text, at + 1, found);
    else at += 1;
  }
  return at + 1;
}

function readArgument(text: string, start: number, found: Set<string>): number {
  const head = /^\s*(\w+)\s*(?:,\s*(\w+)\s*)?/.exec(text.slice(start));
  if (!head) throw new Error(`No argument at ${start} of: ${text}`);
  const [all, name, type = 'value'] = head;
  found.add(`${name} ${type}`);
  let at = start + all.length;
  while (at < text.length && text[at] !== '}') at = text[at] === '{' ? readMessage(text, at + 1, found) : at + 1;
  return at + 1;
}
