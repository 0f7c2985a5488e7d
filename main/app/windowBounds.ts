import { join } from 'node:path';
import type { Rectangle } from 'electron';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from '../base/jsonFile.ts';

/** The smallest window in which everything can be read and reached, px. */
export const MIN_SIZE = { width: 1024, height: 640 } as const;
const DEFAULT_SIZE = { width: 1280, height: 800 } as const;

const BoundsSchema = z.object({
  x: z.number().int().exactOptional(),
  y: z.number().int().exactOptional(),
  width: z.number().int(),
  height: z.number().int(),
  maximized: z.boolean(),
});
export type WindowBounds = z.infer<typeof BoundsSchema>;

const fileIn = (dataDir: string) => join(dataDir, 'window.json');

/** Where the window was when it was last closed, moved into view where its screen is gone. */
export function loadWindowBounds(dataDir: string, screens: readonly Rectangle[], now: number): WindowBounds {
  const { value } = readJsonFile(fileIn(dataDir), BoundsSchema, { ...DEFAULT_SIZE, maximized: false }, now);
  const width = Math.max(MIN_SIZE.width, value.width);
  const height = Math.max(MIN_SIZE.height, value.height);
  const { x, y, maximized } = value;
  const inView =
    x !== undefined &&
    y !== undefined &&
    screens.some(
      (s) => x >= s.x - 8 && y >= s.y - 8 && x + 200 <= s.x + s.width && y + 100 <= s.y + s.height,
    );
  return inView ? { x, y, width, height, maximized } : { width, height, maximized };
}

/** Keeps the bounds for the next start. Not being able to is no reason to say anything. */
export function saveWindowBounds(dataDir: string, bounds: WindowBounds): void {
  writeJsonFile(fileIn(dataDir), bounds);
}
