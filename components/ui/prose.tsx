import type { ReactNode } from 'react';

type Block = { kind: 'title' | 'h2' | 'h3' | 'p'; text: string } | { kind: 'ul' | 'ol'; items: string[] };

const PREFIXES = [
  ['### ', 'h3'],
  ['## ', 'h2'],
  ['# ', 'title'],
] as const;

/** The Markdown that our documents use: headings, paragraphs, lists. Anything else is shown as it is written, never as HTML. */
function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  for (const chunk of markdown.split(/\r?\n\s*\r?\n/)) {
    const lines = chunk.split(/\r?\n/).filter((line) => line.trim() !== '');
    for (const line of lines) blocks.push(blockOf(line));
  }
  return blocks.reduce<Block[]>((joined, block) => {
    const last = joined.at(-1);
    if (last && 'items' in last && 'items' in block && last.kind === block.kind) last.items.push(...block.items);
    else joined.push(block);
    return joined;
  }, []);
}

function blockOf(line: string): Block {
  const heading = PREFIXES.find(([prefix]) => line.startsWith(prefix));
  if (heading) return { kind: heading[1], text: line.slice(heading[0].length) };
  const bullet = /^[-*] +(.*)$/.exec(line);
  if (bullet) return { kind: 'ul', items: [bullet[1] ?? ''] };
  const numbered = /^\d{1,3}\. +(.*)$/.exec(line);
  if (numbered) return { kind: 'ol', items: [numbered[1] ?? ''] };
  return { kind: 'p', text: line };
}

/** The text of a document below its title, which the page shows as its own heading. */
export function Prose({ markdown }: { markdown: string }): ReactNode {
  return (
    <div className="measure grid gap-4">
      {blocksOf(markdown).map((block, index) => {
        // A document never changes, so places in it are stable keys.
        const key = `${block.kind}-${index}`;
        switch (block.kind) {
          case 'title':
            return null;
          case 'h2':
            return (
              <h2
                key={key}
                className="mt-6 border-t-2 border-ink pt-4 text-[1.25rem] font-700 leading-140 sm:text-[1.5rem]"
              >
                {block.text}
              </h2>
            );
          case 'h3':
            return (
              <h3 key={key} className="mt-2 text-[1.125rem] font-700">
                {block.text}
              </h3>
            );
          case 'p':
            return <p key={key}>{block.text}</p>;
          default: {
            const List = block.kind;
            return (
              <List key={key} className={`grid gap-2 pl-6 ${List === 'ul' ? 'list-disc' : 'list-decimal'}`}>
                {block.items.map((item) => (
                  <li key={item}>{item}</li>
                ))}
              </List>
            );
          }
        }
      })}
    </div>
  );
}
