import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type DeviceEvent, DeviceEventSchema } from '../../contract/device.ts';
import type { Fault } from '../../contract/fault.ts';
import { fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { type Verification, VerificationSchema } from '../../contract/verification.ts';
import { errorText } from '../base/errorText.ts';
import { writeWholeFile } from '../base/wholeFile.ts';

/** What names a device over the years: its modem, and the eUICC in it. */
export interface DeviceKey {
  readonly imei: string | null;
  readonly eid: string | null;
}

const LineSchema = DeviceEventSchema.extend({
  imei: z.string().max(20).nullable(),
  eid: z.string().max(32).nullable(),
  /** With `verify`: what was found, whole: the proof that a profile worked. */
  verification: VerificationSchema.nullable(),
});
type Line = z.infer<typeof LineSchema>;

export interface RememberedDevice {
  /** Newest first. */
  readonly history: DeviceEvent[];
  readonly verification: Verification | null;
}

/** Where it is kept in a data folder. */
export const DEVICE_HISTORY_FILE = 'device-history.jsonl';

/** Lines shown for a device. */
const SHOWN = 50;
/** Some thousand lines. */
const LONGEST_FILE_BYTES = 1024 * 1024;

/** What was done to devices, one JSON object a line, newest last. */
export interface DeviceHistory {
  /** Of the modem with this IMEI, or the eUICC with this EID. A file that cannot be read is an empty one. */
  of(key: DeviceKey): RememberedDevice;
  /** Fault: `file.unwritable`. */
  add(key: DeviceKey, event: DeviceEvent, verification?: Verification): Result<null, Fault>;
}

/**
 * A history in a file of lines. Lines are added in one write each, so that the window and the CLI may write to one file, and a line
 * that was cut off by a crash spoils no other.
 * @param options.longestBytes a longer file is cut to its newer half before the next line.
 */
export function createDeviceHistory(
  dataDir: string,
  { longestBytes = LONGEST_FILE_BYTES }: { readonly longestBytes?: number } = {},
): DeviceHistory {
  const path = join(dataDir, DEVICE_HISTORY_FILE);
  return {
    of(key) {
      const names = [key.imei, key.eid].filter((name) => name !== null);
      // Years of lines are looked through for some: only those that have the digits somewhere are worth parsing.
      const lines = read(path, (text) => names.some((name) => text.includes(name))).filter((line) =>
        isSame(line, key),
      );
      const events = lines.slice(-SHOWN).map(({ at, kind, done, note }) => ({ at, kind, done, note }));
      const verified = lines.findLast(({ verification }) => verification !== null);
      return { history: events.reverse(), verification: verified?.verification ?? null };
    },
    add(key, event, verification) {
      const line: Line = { ...event, imei: key.imei, eid: key.eid, verification: verification ?? null };
      try {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        if (lengthOf(path) > longestBytes) {
          const lines = read(path);
          const kept = lines.slice(Math.floor(lines.length / 2));
          const cut = writeWholeFile(
            path,
            kept.map((each) => `${JSON.stringify(each)}\n`),
          );
          if (!cut.ok) return cut;
        }
        // Begins with a line end where the one before was cut off.
        const start = endsWithin(path, lengthOf(path)) ? '\n' : '';
        appendFileSync(path, `${start}${JSON.stringify(line)}\n`, { mode: 0o600, flush: true });
        return ok(null);
      } catch (error) {
        return fail(fault('file.unwritable', { details: errorText(error) }));
      }
    },
  };
}

function isSame(line: Line, { imei, eid }: DeviceKey): boolean {
  return (imei !== null && line.imei === imei) || (eid !== null && line.eid === eid);
}

function lengthOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Whether the last line was cut off: one byte is read. */
function endsWithin(path: string, length: number): boolean {
  if (length === 0) return false;
  const handle = openSync(path, 'r');
  try {
    const last = Buffer.alloc(1);
    return readSync(handle, last, 0, 1, length - 1) === 1 && last.toString('latin1') !== '\n';
  } finally {
    closeSync(handle);
  }
}

/** Lines that cannot be read are left out. */
function read(path: string, isWanted: (line: string) => boolean = () => true): Line[] {
  return text(path)
    .split('\n')
    .flatMap((line) => {
      if (line === '' || !isWanted(line)) return [];
      try {
        const parsed = LineSchema.safeParse(JSON.parse(line));
        return parsed.success ? [parsed.data] : [];
      } catch {
        return [];
      }
    });
}
