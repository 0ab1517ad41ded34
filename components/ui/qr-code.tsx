import { generate } from 'lean-qr';

/** The quiet zone that scanners need around the code, in modules (ISO/IEC 18004). */
const MARGIN = 4;

/** A text as a QR code, drawn on the server. Dark on light in every colour scheme: not every scanner reads the other way round. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = generate(text);
  const rows = Array.from({ length: code.size }, (_, y) =>
    Array.from({ length: code.size }, (_, x) => (code.get(x, y) ? `M${x} ${y}h1v1h-1z` : '')).join(''),
  );
  const size = code.size + 2 * MARGIN;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${-MARGIN} ${-MARGIN} ${size} ${size}`}
      shapeRendering="crispEdges"
      className="w-56 max-w-full rounded-8 border border-line [forced-color-adjust:none]"
    >
      <rect x={-MARGIN} y={-MARGIN} width={size} height={size} className="fill-white" />
      <path d={rows.join('')} className="fill-black" />
    </svg>
  );
}
