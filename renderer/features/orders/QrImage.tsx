import { useMemo } from 'react';
import { qrPath } from './qrPath.ts';

/** The code itself: black on white in every theme, quiet zone included, as large as its box. */
export function QrImage({ text, label, testId }: { text: string; label: string; testId?: string }) {
  const { side, path } = useMemo(() => qrPath(text), [text]);
  return (
    <svg
      className="qr-image"
      data-testid={testId}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
