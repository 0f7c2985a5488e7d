import encodeQr from 'qr';

/** Quiet zone in modules (ISO/IEC 18004 §9.1). */
const QUIET_ZONE = 4;

export interface QrPath {
  /** Side in modules, quiet zone included. */
  readonly side: number;
  /** The dark modules as an SVG path, one unit a module. Runs in a row are one piece, so that no hairline shows between them. */
  readonly path: string;
}

/** Error correction M, as phones expect it. */
export function qrPath(text: string): QrPath {
  const rows = encodeQr(text, 'raw', { ecc: 'medium', border: QUIET_ZONE });
  const pieces: string[] = [];
  rows.forEach((row, y) => {
    let from = -1;
    for (let x = 0; x <= row.length; x += 1) {
      const dark = row[x] === true;
      if (dark && from < 0) from = x;
      if (!dark && from >= 0) {
        pieces.push(`M${from} ${y}h${x - from}v1h${from - x}z`);
        from = -1;
      }
    }
  });
  return { side: rows.length, path: pieces.join('') };
}
