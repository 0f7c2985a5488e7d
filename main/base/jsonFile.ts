import { mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { type Fault, fault } from '../../contract/fault.ts';
import { fail, type Result } from '../../contract/result.ts';
import { safeParse } from '../../contract/safeParse.ts';
import { errorText } from './errorText.ts';
import { writeWholeFile } from './wholeFile.ts';

/** Bytes. */
const SIZE_LIMIT = 1024 * 1024;

export interface JsonFileRead<T> {
  readonly value: T;
  /** Where an unreadable file was moved, or null. */
  readonly setAside: string | null;
  /** Why a file that is there could not be read; null where it could, or there is none. It must not be overwritten then. */
  readonly unreadable: string | null;
}

/**
 * Reads a small JSON file through its schema. A missing file gives `empty`. A file that does not parse is set aside under a
 * name with the time in it, so that nothing a person may want back is overwritten, and `empty` is given.
 */
export function readJsonFile<T extends z.ZodType>(
  path: string,
  schema: T,
  empty: z.infer<T>,
  now: number,
): JsonFileRead<z.infer<T>> {
  let text: string | null;
  try {
    // What is far too large is not even read.
    text = statSync(path).size > SIZE_LIMIT ? null : readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { value: empty, setAside: null, unreadable: null };
    // A file that exists but cannot be read may be readable again tomorrow: leave it where it is.
    return {
      value: empty,
      setAside: null,
      unreadable: errorText(error),
    };
  }
  const parsed = text === null ? null : safeParse(schema, parseJson(text));
  if (parsed?.success) return { value: parsed.data, setAside: null, unreadable: null };
  const setAside = `${path}.unreadable-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  try {
    renameSync(path, setAside);
  } catch (error) {
    const why = errorText(error);
    return { value: empty, setAside: null, unreadable: `It does not parse, and cannot be set aside: ${why}` };
  }
  return { value: empty, setAside, unreadable: null };
}

/** Writes a JSON file so that a crash leaves either the old one or the new one. Fault: `file.unwritable`. */
export function writeJsonFile(path: string, value: unknown): Result<null, Fault> {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    return fail(fault('file.unwritable', { details: errorText(error) }));
  }
  return writeWholeFile(path, [`${JSON.stringify(value, null, 2)}\n`]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
