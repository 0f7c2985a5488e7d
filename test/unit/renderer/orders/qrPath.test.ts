import { decodeQR } from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { qrPath } from '../../../../renderer/features/orders/qrPath.ts';
import { AVAILABLE_EID, AVAILABLE_MATCHING } from '../fixtures.ts';

const SCALE = 6;

/** Paints the path's rectangles as a browser does, independently of how they were made. */
function painted(text: string): { width: number; height: number; data: Uint8Array } {
  const { side, path } = qrPath(text);
  const size = side * SCALE;
  const data = new Uint8Array(size * size * 4).fill(255);
  for (const piece of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)) {
    const [x = 0, y = 0, width = 0, back = 0] = piece.slice(1).map(Number);
    expect(back).toBe(width);
    for (let row = y * SCALE; row < (y + 1) * SCALE; row += 1) {
      for (let column = x * SCALE; column < (x + width) * SCALE; column += 1) {
        data.fill(0, (row * size + column) * 4, (row * size + column) * 4 + 3);
      }
    }
  }
  return { width: size, height: size, data };
}

describe('the QR on the screen', () => {
  it.each([AVAILABLE_EID.lpa ?? '', AVAILABLE_MATCHING.lpa ?? '', 'LPA:1$a.example$Z'])(
    'reads as %s',
    (text) => {
      expect(decodeQR(painted(text))).toBe(text);
    },
  );

  it('has a quiet zone of four modules on every side', () => {
    const { side, path } = qrPath('LPA:1$a.example$Z');
    const spans = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((piece) => piece.slice(1).map(Number));
    expect(Math.min(...spans.map(([x = 0]) => x))).toBe(4);
    expect(Math.min(...spans.map(([, y = 0]) => y))).toBe(4);
    expect(Math.max(...spans.map(([x = 0, , width = 0]) => x + width))).toBe(side - 4);
    expect(Math.max(...spans.map(([, y = 0]) => y + 1))).toBe(side - 4);
  });
});
