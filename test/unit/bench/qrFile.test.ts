import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import decodeQr from 'qr/decode.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { qrFormatOf, qrForTerminal, qrModules, writeQrFile } from '../../../main/bench/qrFile.ts';

const CODES = [
  'LPA:1$SM-DP-PLUS.TWILIO.COM$AAAAA-BBBBB-CCCCC-DDDDD-EEEEE',
  'LPA:1$sm-dp-plus.example.com$',
  `LPA:1$${'h'.repeat(120)}.example.com$${'M'.repeat(80)}$1.3.6.1.4.1.31746$1`,
];
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'qr-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a QR code as PNG', () => {
  it.each(CODES)('is read by our own reader: %s', async (text) => {
    const file = join(folder, 'own.png');
    expect(await writeQrFile(file, text, 'png')).toEqual({ ok: true, value: null });
    const image = decode(readFileSync(file));
    const rgba = new Uint8Array(image.width * image.height * 4);
    for (let at = 0; at < image.width * image.height; at++)
      rgba.fill(image.data[at] ?? 0, at * 4, at * 4 + 4);
    expect(decodeQr({ width: image.width, height: image.height, data: rgba })).toBe(text);
  });

  const zbar = spawnSync('zbarimg', ['--version']).error === undefined;
  it.for(CODES)('is read by an independent reader: %s', async (text, context) => {
    if (!zbar) context.skip('zbarimg is not installed');
    const file = join(folder, 'zbar.png');
    await writeQrFile(file, text, 'png');
    expect(execFileSync('zbarimg', ['--raw', '-q', file], { encoding: 'utf8' }).trim()).toBe(text);
  });

  it('reports a file that cannot be written', async () => {
    const written = await writeQrFile(join(folder, 'no', 'such', 'folder.png'), 'x', 'png');
    expect(written.ok ? null : written.fault.code).toBe('file.unwritable');
  });
});

describe('a QR code as SVG', () => {
  it('has one dark square a dark module, inside a quiet zone of four', async () => {
    const file = join(folder, 'code.svg');
    await writeQrFile(file, CODES[0] ?? '', 'svg');
    const rows = qrModules(CODES[0] ?? '');
    const dark = rows.flat().filter(Boolean).length;
    const svg = readFileSync(file, 'utf8');
    expect(svg.match(/h1v1h-1z/g)).toHaveLength(dark);
    expect(svg).toContain(`viewBox="0 0 ${rows.length} ${rows.length}"`);
    expect(rows.slice(0, 4).flat().some(Boolean)).toBe(false);
  });
});

describe('a QR code in a terminal', () => {
  it('puts two rows of modules on a line, black on white', () => {
    const lines = qrForTerminal('LPA:1$x$').trimEnd().split('\n');
    expect(lines).toHaveLength(Math.ceil(qrModules('LPA:1$x$').length / 2));
    for (const line of lines) expect(line.startsWith('\u001b[30;107m')).toBe(true);
  });
});

describe('qrFormatOf', () => {
  it.each([
    ['esim.png', 'png'],
    ['/x/ESIM.SVG', 'svg'],
    ['esim.jpg', null],
    ['esim', null],
    ['png', null],
  ])('%s: %s', (path, format) => expect(qrFormatOf(path)).toBe(format));
});
