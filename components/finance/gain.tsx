/** A gain or loss: its sentence carries sign and word; colour only follows, by the reader's custom (LOOK). */
export function Gain({ minor, children }: { minor: bigint; children: string }) {
  const look = minor > 0n ? 'text-gain' : minor < 0n ? 'text-loss' : 'text-soft';
  return (
    <span className={`font-700 ${look}`}>
      {minor !== 0n && (
        <span aria-hidden="true" className="mr-1 text-[0.75em]">
          {minor > 0n ? '▲' : '▼'}
        </span>
      )}
      {children}
    </span>
  );
}
