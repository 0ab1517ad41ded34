const JAPANESE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/** A name or an address as its owner wrote it, marked with the language of its script, so that it is read aloud as it is meant. */
export function Written({ children }: { children: string }) {
  return <span lang={JAPANESE.test(children) ? 'ja' : 'en'}>{children}</span>;
}
