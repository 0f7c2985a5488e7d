import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { openLedger } from '../../main/orders/ledger/openLedger.ts';
import { COLUMNS, valuesOf } from '../../main/orders/ledger/rows.ts';
import { draftOf, type Intent } from '../../main/orders/record.ts';
import type { Benchmark } from './row.ts';
import { median } from './support/modems.ts';

const INTENTS = 150;
const ROUNDS = 7;

const INTENT: Intent = {
  target: { kind: 'matchingId' },
  device: null,
  account: { provider: 'twilio', accountSid: `AC${'0'.repeat(32)}`, endpoint: 'https://supersim.twilio.com' },
  callback: null,
  orderAnother: false,
  replaces: null,
};

/** Intents as the bench writes them: one durable transaction each, with its line of history. Gives intents a second. */
function intentsPerSecond(folder: string, round: number): number {
  const opened = openLedger({ path: join(folder, `ledger-${round}.sqlite`) });
  if (!opened.ok) throw new Error(opened.fault.message);
  const started = performance.now();
  for (let n = 0; n < INTENTS; n++) {
    const written = opened.value.ledger.write(draftOf(`order-${n}`, INTENT, n));
    if (!written.ok) throw new Error(written.fault.message);
  }
  return INTENTS / ((performance.now() - started) / 1_000);
}

/** The same rows written by bare SQLite with the same settings and the same two tables. */
function insertsPerSecond(folder: string, round: number): number {
  const database = new Database(join(folder, `bare-${round}.sqlite`));
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  database.exec(`CREATE TABLE orders (number INTEGER PRIMARY KEY, ${COLUMNS.join(', ')})`);
  database.exec('CREATE TABLE history (number INTEGER PRIMARY KEY, order_id, at, status, note)');
  const places = COLUMNS.map(() => '?').join(', ');
  const order = database.prepare(`INSERT INTO orders (${COLUMNS.join(', ')}) VALUES (${places})`);
  const line = database.prepare('INSERT INTO history (order_id, at, status, note) VALUES (?, ?, ?, ?)');
  const started = performance.now();
  for (let n = 0; n < INTENTS; n++) {
    database.exec('BEGIN IMMEDIATE');
    order.run(valuesOf(draftOf(`order-${n}`, INTENT, n)));
    line.run([`order-${n}`, n, 'draft', 'Written down.']);
    database.exec('COMMIT');
  }
  return INTENTS / ((performance.now() - started) / 1_000);
}

const benchmark: Benchmark = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-bench-'));
  const ours: number[] = [];
  const bare: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(insertsPerSecond(folder, round));
      ours.push(intentsPerSecond(folder, round));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return [
    {
      name: 'durable intents',
      value: median(ours),
      unit: 'per second',
      against: { name: 'bare SQLite inserts', value: median(bare) },
      bar: { atLeast: 0.8 },
    },
  ];
};
export default benchmark;
