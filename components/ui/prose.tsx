/** A document's blocks as a page. Everything is text in elements of ours: no HTML comes out of a document. */
import { type Block, type Inline, parseDocument } from '@/lib/domain/fund/markdown';

function Inlines({ inlines }: { inlines: readonly Inline[] }) {
  return inlines.map(({ text, bold }, i) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: a document's text never changes its order.
    bold ? <strong key={i}>{text}</strong> : text,
  );
}

/** The text of a document below its title, which the page shows as its own heading. */
/** `idPrefix` keeps the ids of headings apart where two texts stand on one page. */
export function Prose({ markdown, idPrefix = '' }: { markdown: string; idPrefix?: string }) {
  return (
    <div className="measure grid min-w-0 gap-4">
      {parseDocument(markdown).map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a document's blocks never change their order.
        <ProseBlock key={i} block={block.kind === 'heading' ? { ...block, id: `${idPrefix}${block.id}` } : block} />
      ))}
    </div>
  );
}

function ProseBlock({ block }: { block: Block }) {
  if (block.kind === 'heading') {
    return block.level === 2 ? (
      <h2 id={block.id} className="mt-6 scroll-mt-4 border-t-2 border-ink pt-3 text-[1.25rem] font-700 leading-140">
        {block.text}
      </h2>
    ) : (
      <h3 id={block.id} className="mt-2 scroll-mt-4 text-[1.0625rem] font-700">
        {block.text}
      </h3>
    );
  }
  if (block.kind === 'paragraph') {
    return (
      <p>
        <Inlines inlines={block.inlines} />
      </p>
    );
  }
  if (block.kind === 'list') {
    const items = block.items.map((item, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a document's items never change their order.
      <li key={i}>
        <Inlines inlines={item} />
      </li>
    ));
    const look = 'grid gap-2 pl-6';
    return block.ordered ? (
      <ol className={`${look} list-decimal`}>{items}</ol>
    ) : (
      <ul className={`${look} list-disc`}>{items}</ul>
    );
  }
  return <ProseTable block={block} />;
}

function ProseTable({ block }: { block: Extract<Block, { kind: 'table' }> }) {
  return (
    <table className="w-full">
      <thead>
        <tr className="border-b border-line-strong">
          {block.head.map((cell, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a document's columns never change their order.
            <th key={i} scope="col" className="py-2 pr-4 text-left align-bottom text-[0.875rem] font-400 text-soft">
              <Inlines inlines={cell} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a document's rows never change their order.
          <tr key={i} className="border-b border-line">
            {row.map((cell, j) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a document's columns never change their order.
              <td key={j} className="py-2 pr-4 align-baseline">
                <Inlines inlines={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
