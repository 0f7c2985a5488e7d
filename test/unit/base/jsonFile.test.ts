import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from '../../../main/base/jsonFile.ts';

const Schema = z.object({ n: z.number(), name: z.string().max(10).exactOptional() });
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'json-file-'));
  file = join(folder, 'settings.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('readJsonFile', () => {
  it('gives the empty value where there is no file', () => {
    expect(readJsonFile(file, Schema, { n: 0 }, NOW)).toEqual({
      value: { n: 0 },
      setAside: null,
      unreadable: null,
    });
  });

  it('gives what was written', () => {
    expect(writeJsonFile(file, { n: 7 }).ok).toBe(true);
    expect(readJsonFile(file, Schema, { n: 0 }, NOW).value).toEqual({ n: 7 });
  });

  it.each([
    ['not JSON', '{"n":'],
    ['of another shape', '{"n":"seven"}'],
    ['empty', ''],
    ['of a shape that a parser falls over', '{"name":{"length":{"toString":1}}}'],
    ['too large', `{"n":1,"fill":"${'x'.repeat(1_100_000)}"}`],
  ])('sets a file aside that is %s, and overwrites nothing', (_what, text) => {
    writeFileSync(file, text);
    const read = readJsonFile(file, Schema, { n: 0 }, NOW);
    expect(read.value).toEqual({ n: 0 });
    expect(read.setAside).toContain('2026-01-02T03-04-05');
    expect(readFileSync(read.setAside ?? '', 'utf8')).toBe(text);
    expect(existsSync(file)).toBe(false);
  });
});

it('says of a file that cannot be read why, and leaves it where it is', () => {
  mkdirSync(file);
  const read = readJsonFile(file, Schema, { n: 0 }, NOW);
  expect(read).toMatchObject({
    value: { n: 0 },
    setAside: null,
    unreadable: expect.stringContaining('EISDIR'),
  });
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

describe('writeJsonFile', () => {
  it('makes the folder and leaves no temporary file', () => {
    const nested = join(folder, 'a', 'b', 'settings.json');
    expect(writeJsonFile(nested, { n: 1 }).ok).toBe(true);
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['settings.json']);
  });

  it('reports a folder that cannot be made', () => {
    writeFileSync(join(folder, 'blocked'), '');
    const written = writeJsonFile(join(folder, 'blocked', 'settings.json'), { n: 1 });
    expect(written.ok ? null : written.fault.code).toBe('file.unwritable');
  });
});
