import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { encode as encodePng } from 'fast-png';
import encodeQr from 'qr';
import { fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { errorText } from '../base/errorText.ts';

/** Quiet zone, in modules, as ISO/IEC 18004 §9.1 asks for. */
const QUIET_ZONE = 4;
/** Side of a module in a PNG, px: a code of version 5 comes to 720 px, good on paper and on a phone. */
const MODULE_PX = 16;

export const QR_FORMATS = ['png', 'svg'] as const;
export type QrFormat = (typeof QR_FORMATS)[number];

/** The format that a file's name asks for, or null where it asks for none that we write. */
export function qrFormatOf(path: string): QrFormat | null {
  const ending = extname(path).slice(1).toLowerCase();
  return QR_FORMATS.find((format) => format === ending) ?? null;
}

/** The code's modules, row by row, `true` is dark, quiet zone included. Error correction M, as phones expect it. */
export function qrModules(text: string): boolean[][] {
  return encodeQr(text, 'raw', { ecc: 'medium', border: QUIET_ZONE });
}

/** A QR code as a file's bytes: black on white, quiet zone included. */
export function renderQr(text: string, format: QrFormat): Uint8Array {
  const rows = qrModules(text);
  return format === 'svg' ? new TextEncoder().encode(svg(rows)) : png(rows);
}

/** A QR code for a terminal: two modules a character, dark on light whatever the terminal's colours. */
export function qrForTerminal(text: string): string {
  const rows = qrModules(text);
  const lines: string[] = [];
  for (let y = 0; y < rows.length; y += 2) {
    const upper = rows[y] ?? [];
    const lower = rows[y + 1];
    const cells = upper.map((dark, x) => {
      const below = lower?.[x] ?? false;
      if (dark && below) return '█';
      if (dark) return '▀';
      return below ? '▄' : ' ';
    });
    lines.push(`\u001b[30;107m${cells.join('')}\u001b[0m`);
  }
  return `${lines.join('\n')}\n`;
}

/** Writes a QR code to a file. Fault: `file.unwritable`. */
export async function writeQrFile(path: string, text: string, format: QrFormat): Promise<Result<null>> {
  try {
    await writeFile(path, renderQr(text, format));
    return ok(null);
  } catch (error) {
    return fail(fault('file.unwritable', { details: errorText(error) }));
  }
}

function svg(rows: readonly boolean[][]): string {
  const size = rows.length;
  const runs: string[] = [];
  rows.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) runs.push(`M${x} ${y}h1v1h-1z`);
    });
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size * 8}" height="${size * 8}" shape-rendering="crispEdges">` +
    `<rect width="${size}" height="${size}" fill="#fff"/><path d="${runs.join('')}" fill="#000"/></svg>\n`
  );
}

function png(rows: readonly boolean[][]): Uint8Array {
  const side = rows.length * MODULE_PX;
  const data = new Uint8Array(side * side).fill(255);
  rows.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (!dark) return;
      for (let line = 0; line < MODULE_PX; line++) {
        const start = (y * MODULE_PX + line) * side + x * MODULE_PX;
        data.fill(0, start, start + MODULE_PX);
      }
    });
  });
  return encodePng({ width: side, height: side, data, channels: 1, depth: 8 });
}
