import { ReadlineParser } from '@serialport/parser-readline';
import { createFramer } from '../../main/at/framer.ts';
import type { Benchmark } from './row.ts';
import { median } from './support/modems.ts';

const ROUNDS = 7;
const MEGABYTES = 8;
/** As a USB modem's driver hands them over. */
const CHUNK_BYTES = 512;

/** What a modem says while its eUICC is read: short lines, long answers, and lines that nobody asked for. */
function traffic(): Buffer[] {
  const dialogue = [
    'AT+CGLA=1,22,"80E2910006BF3E035C015A"',
    `+CGLA: 46,"BF3E125A10${'89044011112233441122334411223321'}9000"`,
    'OK',
    '+CREG: 1,"00C8","0A1B2C3D",7',
    `+CGLA: 516,"${'BF2D8201'.repeat(64)}9000"`,
    'OK',
    '^RSSI: 21',
    '+CSQ: 21,99',
    'OK',
  ].join('\r\n');
  const bytes = Buffer.from(`${dialogue}\r\n`, 'latin1');
  const whole = Buffer.concat(
    Array.from({ length: Math.ceil((MEGABYTES * 1_000_000) / bytes.length) }, () => bytes),
  );
  return Array.from({ length: Math.ceil(whole.length / CHUNK_BYTES) }, (_, index) =>
    whole.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES),
  );
}

/** MB a second; the lines are counted, so that neither may leave any out. */
function byFramer(chunks: readonly Buffer[]): { speed: number; lines: number } {
  const framer = createFramer();
  let lines = 0;
  const started = performance.now();
  for (const chunk of chunks) for (const framed of framer.push(chunk)) if (framed.kind === 'line') lines += 1;
  return { speed: speedOf(chunks, started), lines };
}

/** The same bytes through serialport's own parser, fed as `SerialPort` feeds it. Empty lines are none. */
async function byParser(chunks: readonly Buffer[]): Promise<{ speed: number; lines: number }> {
  const parser = new ReadlineParser({ delimiter: '\r\n' });
  let lines = 0;
  parser.on('data', (line: string) => {
    if (line !== '') lines += 1;
  });
  const ended = new Promise((resolve) => parser.once('end', resolve));
  const started = performance.now();
  for (const chunk of chunks) {
    if (!parser.write(chunk)) await new Promise((resolve) => parser.once('drain', resolve));
  }
  parser.end();
  await ended;
  return { speed: speedOf(chunks, started), lines };
}

function speedOf(chunks: readonly Buffer[], started: number): number {
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return bytes / 1_000 / (performance.now() - started);
}

const benchmark: Benchmark = async () => {
  const chunks = traffic();
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const own = byFramer(chunks);
    const other = await byParser(chunks);
    if (own.lines !== other.lines) throw new Error(`${own.lines} lines instead of ${other.lines}`);
    ours.push(own.speed);
    theirs.push(other.speed);
  }
  return [
    {
      name: 'AT framer',
      value: median(ours),
      unit: 'MB/s',
      against: { name: "serialport's ReadlineParser", value: median(theirs) },
      bar: { atLeast: 1 },
    },
  ];
};
export default benchmark;
